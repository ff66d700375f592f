"""What narrows a matrix. The choices are handed in: the page has read them already."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.matrix.columns import Column
from assessments.matrix.people import Asked, Choice
from assessments.ratings.looks import refuse_future
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.forms import DayInput
from trainingsite.people.departments.fields import STEP
from trainingsite.people.models import Department, User

Choices = list[tuple[int, str]]
CHOSEN = {"department", "profile", "group"}  # by their ids


def tree(departments: Mapping[int, Department]) -> Choices:
    """The departments as a select shows them, deeper ones further in."""
    return [(pk, STEP * (place.depth - 1) + str(place)) for pk, place in departments.items()]


def profiles_of(asked: Asked) -> Choices:
    """The profiles by their names."""
    return sorted(((wanted.profile_id, wanted.title) for wanted in asked.values()), key=lambda each: each[1])


def groups_of(every: Sequence[Column]) -> Choices:
    """The groups in the order of the framework."""
    return list(dict.fromkeys((column.group_id, column.group) for column in every))


def not_to_come(day: date) -> None:
    """The matrix stands as of today or a past day."""
    refuse_future(day, company_day(clock.now()))


class _Handed(filters.FilterSet):
    """Read by the page itself, since what it shows is more than a queryset."""

    department = filters.ChoiceFilter(label=_("Department"), empty_label=_("All departments"))
    profile = filters.ChoiceFilter(label=_("Role profile"), empty_label=_("All profiles"))

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(
        self, data: Any, *, departments: Mapping[int, Department], asked: Asked, every: Sequence[Column], **more: Any
    ) -> None:
        super().__init__(data, User.objects.none(), **more)
        self.departments = departments
        if "q" in self.filters:
            self.filters.move_to_end("q", last=False)
        offers = {"department": tree(departments), "profile": profiles_of(asked), "group": groups_of(every)}
        for name, choices in offers.items():
            if name in self.filters:
                self.filters[name].extra["choices"] = choices

    def value(self, name: str) -> Any:
        """What was chosen; None for nothing, and for what cannot be read."""
        self.form.is_valid()
        found = self.form.cleaned_data.get(name) or None
        return int(found) if found and name in CHOSEN else found


class MatrixFilter(_Handed):
    q = filters.CharFilter(
        label=_("Person"),
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, pinyin or number")}),
    )
    group = filters.ChoiceFilter(label=_("Group"), empty_label=_("All groups"))
    gap = filters.BooleanFilter(label=_("Only people with a gap"), widget=forms.CheckboxInput())
    on = filters.DateFilter(label=_("As of"), widget=DayInput, validators=[not_to_come])
    more_fields = ("group", "on")

    @property
    def problems(self) -> list[str]:
        """Why the day asked for cannot be shown."""
        return list(self.form.errors.get("on", []))

    def choice(self, past: date | None) -> Choice:
        department = self.departments.get(self.value("department") or 0)
        return Choice(self.value("q") or "", department, self.value("profile"), past)


class GapFilter(_Handed):
    """Where and for which profile; the competency is chosen in the list, and stays when the filters change."""

    competency = filters.CharFilter(widget=forms.HiddenInput())
