"""What ledgers and the board can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.points.events import in_order
from assessments.points.models import PointEntry, PointEntryQuerySet
from trainingsite.core.forms import DayInput
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User
from trainingsite.people.staff.models import PersonQuerySet


class LedgerFilter(django_filters.FilterSet):
    """`on` is read by the page: it shows everything as of that day."""

    event = django_filters.ChoiceFilter(
        label=pgettext_lazy("points", "Earned by"),
        choices=[],
        method="of_event",
        empty_label=pgettext_lazy("points", "Everything"),
    )
    on = django_filters.DateFilter(label=pgettext_lazy("points", "As of"), widget=DayInput, method="kept")

    class Meta:
        model = PointEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["event"].extra["choices"] = [(name, event.label) for name, event in in_order().items()]

    def of_event(self, queryset: PointEntryQuerySet, _name: str, value: str) -> PointEntryQuerySet:
        return queryset.filter(event=value)

    def kept(self, queryset: PointEntryQuerySet, _name: str, _value: Any) -> PointEntryQuerySet:
        return queryset


class BoardFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Search"),
        method="called",
        widget=forms.SearchInput(attrs={"placeholder": _("Name, pinyin, initials or number")}),
    )
    department = DepartmentFilter(label=_("Department"), method="in_department", empty_label=_("All departments"))
    on = django_filters.DateFilter(label=pgettext_lazy("points", "As of"), widget=DayInput, method="kept")

    class Meta:
        model = User
        fields: list[str] = []

    def called(self, queryset: PersonQuerySet, _name: str, text: str) -> PersonQuerySet:
        return queryset.called(text)

    def in_department(self, queryset: PersonQuerySet, _name: str, department: Department) -> PersonQuerySet:
        return queryset.in_department(department)

    def kept(self, queryset: PersonQuerySet, _name: str, _value: Any) -> PersonQuerySet:
        return queryset
