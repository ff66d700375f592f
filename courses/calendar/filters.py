"""What the calendar is narrowed by, from the address: what is wrong there is said at its field and narrows nothing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import VIEW_SESSIONS
from courses.calendar.choices import DEPARTMENT, INSTRUCTOR, ROOM, TOPIC, Choice, choices
from courses.calendar.sources import ALL_REGIONS, Filters
from courses.series.models import SessionKind
from courses.workdays.regions import Region
from trainingsite.people.models import User

ALL = ("", _("All"))
REGIONS = [("", _("Where I am")), *Region.choices, (ALL_REGIONS, _("All"))]
OF_THOSE_WHO_SEE_OTHERS = ("mine", ROOM, INSTRUCTOR, DEPARTMENT)


class FilterForm(forms.Form):
    """The inputs of the filter; the choices come from the database, all in one query."""

    mine = forms.BooleanField(label=_("Only mine"), required=False)
    room = forms.TypedChoiceField(label=_("Room"), required=False, coerce=int, empty_value=None)
    instructor = forms.TypedChoiceField(label=_("Instructor"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=pgettext_lazy("session", "Kind"), required=False, choices=[ALL, *SessionKind.choices]
    )
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    region = forms.ChoiceField(label=_("Holidays"), required=False, choices=REGIONS)

    def __init__(self, data: QueryDict, user: User, found: dict[str, list[Choice]]) -> None:
        super().__init__(data)
        for name in (ROOM, INSTRUCTOR, TOPIC, DEPARTMENT):
            self.fields[name].choices = [ALL, *((each.pk, each.label) for each in found.get(name, []))]  # type: ignore[attr-defined]  # a choice field
        if not user.may(VIEW_SESSIONS):
            for name in OF_THOSE_WHO_SEE_OTHERS:
                del self.fields[name]


class BarForm(FilterForm):
    """The same with what stays in the address when something else is chosen."""

    view = forms.CharField(required=False, widget=forms.HiddenInput)
    day = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass
class Bar:
    """What the kit's filter bar and chips draw."""

    form: forms.Form
    more_fields: tuple[str, ...] = (INSTRUCTOR, TOPIC, DEPARTMENT, "region")


@dataclass
class Asked:
    """The filters of the address: as inputs, as chips, and as the sources take them."""

    bar: Bar
    chips: Bar
    filters: Filters


def asked(data: QueryDict, user: User) -> Asked:
    """Read the address."""
    found = choices()
    chips = FilterForm(data, user, found)
    chips.is_valid()
    given: dict[str, Any] = chips.cleaned_data
    filters = Filters(
        mine=bool(given.get("mine")),
        room=given.get(ROOM),
        instructor=given.get(INSTRUCTOR),
        topic_path=_path(found.get(TOPIC, []), given.get(TOPIC)),
        kind=given.get("kind") or "",
        department_path=_path(found.get(DEPARTMENT, []), given.get(DEPARTMENT)),
        region=given.get("region") or "",
    )
    return Asked(Bar(BarForm(data, user, found)), Bar(chips), filters)


def _path(found: list[Choice], pk: int | None) -> str:
    return next((each.path for each in found if each.pk == pk), "")
