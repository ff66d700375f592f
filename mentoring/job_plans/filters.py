from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.job_plans.models import JobPlan, JobPlanQuerySet, JobPlanTemplate, JobPlanTemplateQuerySet, PlanOutcome
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User


class TemplateFilter(django_filters.FilterSet):
    """What the list of templates can be narrowed by; those in use unless asked otherwise."""

    q = django_filters.CharFilter(
        label=_("Search"), field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="kept",
        empty_label=pgettext_lazy("template", "In use"),
        choices=[("all", pgettext_lazy("template", "Retired too"))],
    )

    class Meta:
        model = JobPlanTemplate
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.in_use()

    def kept(self, queryset: JobPlanTemplateQuerySet, _name: str, _value: str) -> JobPlanTemplateQuerySet:
        return queryset


class PlanFilter(django_filters.FilterSet):
    """What the list of plans can be narrowed by; those that go on unless asked otherwise."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="named",
        widget=forms.SearchInput(attrs={"placeholder": _("Name or number")}),
    )
    template = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("job plan", "Template"), queryset=JobPlanTemplate.objects.all(), empty_label=_("All")
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=pgettext_lazy("job plan", "Going on"),
        choices=[("all", _("All")), *PlanOutcome.choices],
    )

    class Meta:
        model = JobPlan
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def named(self, queryset: JobPlanQuerySet, _name: str, text: str) -> JobPlanQuerySet:
        return queryset.filter(mentee__in=User.objects.called(text))

    def within(self, queryset: JobPlanQuerySet, _name: str, department: Department) -> JobPlanQuerySet:
        return queryset.filter(mentee__department__path__startswith=department.path)

    def in_state(self, queryset: JobPlanQuerySet, _name: str, state: str) -> JobPlanQuerySet:
        return queryset if state == "all" else queryset.filter(outcome=state)
