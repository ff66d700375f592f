"""Conditions of audiences; each is registered by the app that owns what it asks about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from trainingsite.core.registry import Registry
from trainingsite.people.models import User

PERSON = gettext_lazy("The person")
MOST = 2**31 - 1  # no id and no number of days of ours is larger


@dataclass(frozen=True)
class Condition:
    """`q` turns the stored value into a condition on User for a day; `field` makes the form field that asks for it.

    What the field cleans to is stored as JSON (a date as its ISO text). `q` and `describe` raise ValueError, TypeError
    or KeyError for a stored value that means nothing (any more). `why` says how the condition holds for a person,
    without a query; else the general words do. `learning` conditions change when courses are completed, not only over
    night.
    """

    label: str | Promise
    field: Callable[[], forms.Field]
    q: Callable[[Any, date], Q]
    describe: Callable[[Any], str]
    why: Callable[[Any, User, date], str] | None = None
    heading: str | Promise = PERSON
    learning: bool = False


CONDITIONS: Registry[Condition] = Registry("audience condition")


def boxes(
    label: StrOrPromise, choices: Iterable[tuple[Any, Any]], hint: StrOrPromise = "", coerce: Callable[[Any], Any] = int
) -> forms.Field:
    """A list of boxes of which at least one is ticked."""
    widget = forms.CheckboxSelectMultiple(attrs={"data-tall": ""})
    return forms.TypedMultipleChoiceField(
        label=label, choices=list(choices), coerce=coerce, required=False, widget=widget, help_text=hint
    )


def ids(value: Any) -> list[int]:
    """A stored list of ids; raises ValueError or TypeError when it is none."""
    if not isinstance(value, list):
        raise ValueError(f"not a list: {value!r}")  # noqa: TRY004 - one error for every broken value
    found = [int(pk) for pk in value]
    if not all(0 <= pk <= MOST for pk in found):
        raise ValueError(f"not ids: {value!r}")
    return found


def texts(value: Any) -> list[str]:
    """A stored list of texts; raises ValueError when it is none."""
    if not isinstance(value, list) or not all(isinstance(text, str) and "\x00" not in text for text in value):
        raise ValueError(f"not a list of texts: {value!r}")
    return value


def number(value: Any, most: int = MOST) -> int:
    """A stored whole number from 0 to `most`; raises ValueError or TypeError when it is none."""
    if not 0 <= int(value) <= most:
        raise ValueError(f"out of range: {value!r}")
    return int(value)
