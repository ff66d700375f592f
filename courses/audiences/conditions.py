"""Conditions of audiences; higher apps register more of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from courses.audiences.names import names_of
from trainingsite.core.forms import DayInput
from trainingsite.core.registry import Registry
from trainingsite.people.models import Department, Position


@dataclass(frozen=True)
class Condition:
    """`q` turns the stored value into a condition on User for a day; `field` makes the form field that asks for it.

    What the field cleans to is stored as JSON (a date as its ISO text). `describe` says the condition in words; it
    raises ValueError when the stored value no longer means anything.
    """

    label: str | Promise
    field: Callable[[], forms.Field]
    q: Callable[[Any, date], Q]
    describe: Callable[[Any], str]


CONDITIONS: Registry[Condition] = Registry("audience condition")


def _boxes(label: StrOrPromise, choices: list[tuple[int, str]], hint: StrOrPromise = "") -> forms.Field:
    widget = forms.CheckboxSelectMultiple(attrs={"data-tall": ""})
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=int, required=False, widget=widget, help_text=hint
    )


def _departments() -> forms.Field:
    tree = [(d.pk, "　" * (d.depth - 1) + str(d)) for d in Department.objects.in_tree_order()]
    return _boxes(gettext_lazy("Departments"), tree, gettext_lazy("Everyone in the departments below is included."))


def _in_departments(value: list[int], _day: date) -> Q:
    below = Q(pk__in=[])
    for pk in value:
        below |= Q(path__contains=f"/{int(pk)}/")
    return Q(department__in=Department.objects.filter(below))


def _positions() -> forms.Field:
    return _boxes(gettext_lazy("Positions"), [(p.pk, str(p)) for p in Position.objects.order_by("name", "pk")])


def _day_field() -> forms.Field:
    return forms.DateField(label=gettext_lazy("Hired since"), required=False, widget=DayInput())


def _join(names: list[str]) -> str:
    return _(", ").join(names)


CONDITIONS.register(
    "department",
    Condition(
        gettext_lazy("Departments"),
        _departments,
        _in_departments,
        lambda value: _("%(names)s and everyone below") % {"names": _join(names_of(Department, value))},
    ),
)
CONDITIONS.register(
    "position",
    Condition(
        gettext_lazy("Positions"),
        _positions,
        lambda value, _day: Q(position__in=[int(pk) for pk in value]),
        lambda value: _join(names_of(Position, value)),
    ),
)
CONDITIONS.register(
    "hired_since",
    Condition(
        gettext_lazy("Hired since"),
        _day_field,
        lambda value, _day: Q(hired_on__gte=date.fromisoformat(value)),
        lambda value: _("hired since %(day)s") % {"day": date_format(date.fromisoformat(value), "DATE_FORMAT")},
    ),
)
