"""How each field of a person is read, wherever the person comes from: a form, a file, the HR system."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trainingsite.people.hr_sync.batch import text
from trainingsite.people.models import Status
from trainingsite.people.staff.models import LANGUAGES, MAX_TAG

DATES = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


@cache
def _zones() -> frozenset[str]:
    """The names of the time zone database; reading them takes a walk over its files."""
    return frozenset(available_timezones())


def check_time_zone(name: str) -> None:
    """Raise ValidationError for a name that is not in the time zone database."""
    if name and name not in _zones():
        raise ValidationError(_("There is no time zone with the name %(name)s.") % {"name": name}, code="unknown")


def _date() -> forms.DateField:
    return forms.DateField(required=False, input_formats=DATES)


MOST_TAGS = 20
PARTS = re.compile(r"[,，、;；\n]")


class TagsField(forms.CharField):
    """Tags, parted by commas of any kind or as a list; each once, in order."""

    takes_lists = True

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The tags; raises ValidationError for one that is too long, or too many."""
        parts = value if isinstance(value, list) else PARTS.split(value or "")
        if not all(isinstance(part, str) and "\x00" not in part for part in parts):
            raise ValidationError(_("A tag is a text."), code="invalid")
        tags = sorted({" ".join(part.split()) for part in parts} - {""})
        if long := [tag for tag in tags if len(tag) > MAX_TAG]:
            words = {"tag": f"{long[0][:MAX_TAG]}…", "max": MAX_TAG}
            raise ValidationError(_("The tag “%(tag)s” is longer than %(max)s characters.") % words, code="max_length")
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("A person has at most %(max)s tags.") % {"max": MOST_TAGS}, code="too_many")
        return tags


FIELDS: dict[str, forms.Field] = {
    "external_id": text(64, null=True),
    "employee_number": text(32, required=True, null=True),
    "username": text(64),
    "name": text(100, required=True),
    "name_latin": text(100),
    "email": forms.EmailField(required=False),
    "department": text(64, required=True),
    "position": text(64, null=True),
    "grade": text(16),
    "tags": TagsField(required=False),
    "manager": text(64, null=True),
    "hired_on": _date(),
    "left_on": _date(),
    "status": forms.ChoiceField(choices=Status.choices, required=False),
    "locale": forms.ChoiceField(choices=LANGUAGES, required=False),
    "time_zone": forms.CharField(max_length=64, required=False, validators=[check_time_zone]),
}
# What a new person needs; for a known one a missing field means no change.
NEEDED = ("employee_number", "name", "department")
