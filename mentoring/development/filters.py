from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.development.models import DevelopmentPlan, DevelopmentPlanQuerySet
from trainingsite.core import days
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name or number")})


class PlanFilter(django_filters.FilterSet):
    """What the list of plans can be narrowed by; those that go on unless asked otherwise."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=pgettext_lazy("plan", "Going on"),
        choices=[
            ("open", pgettext_lazy("plan", "Not agreed yet")),
            ("agreed", pgettext_lazy("plan", "Agreed")),
            ("overdue", _("Review overdue")),
            ("closed", pgettext_lazy("plan", "Closed")),
            ("all", _("All")),
        ],
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))

    class Meta:
        model = DevelopmentPlan
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def named(self, queryset: DevelopmentPlanQuerySet, _name: str, text: str) -> DevelopmentPlanQuerySet:
        return queryset.filter(person__in=User.objects.called(text))

    def in_state(self, queryset: DevelopmentPlanQuerySet, _name: str, state: str) -> DevelopmentPlanQuerySet:
        if state == "overdue":
            return queryset.overdue(days.today())
        if state == "closed":
            return queryset.exclude(closed_at=None)
        agreed = queryset.open().agreed()
        return {"agreed": agreed, "open": queryset.open().exclude(pk__in=agreed.values("pk"))}.get(state, queryset)

    def within(self, queryset: DevelopmentPlanQuerySet, _name: str, department: Department) -> DevelopmentPlanQuerySet:
        return queryset.filter(person__department__path__startswith=department.path)


class MissingFilter(django_filters.FilterSet):
    """People without a plan."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))

    class Meta:
        model = User
        fields: list[str] = []

    def named(self, queryset: Any, _name: str, text: str) -> Any:
        return queryset.called(text)

    def within(self, queryset: Any, _name: str, department: Department) -> Any:
        return queryset.in_department(department)
