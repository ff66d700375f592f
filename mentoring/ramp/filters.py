from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.planning.quarters import Quarter
from mentoring.job_plans.models import JobPlan, JobPlanTemplate
from mentoring.ramp.cohorts import name_of, quarters
from mentoring.ramp.models import Ramp, RampQuerySet, RampRule
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name or number")})
STATES = [
    ("proficient", pgettext_lazy("ramp", "Proficient")),
    ("going", pgettext_lazy("ramp", "On the way")),
    ("beyond", pgettext_lazy("ramp", "Not within the days looked at")),
    ("left", pgettext_lazy("ramp", "Left before")),
]


class RampFilter(django_filters.FilterSet):
    """What newcomers can be narrowed by. Only who they are narrows the curves, never how it went with them."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    plan = django_filters.ModelChoiceFilter(
        label=_("On-the-job plan"),
        queryset=JobPlanTemplate.objects.order_by("title"),
        method="on_plan",
        empty_label=_("All plans"),
    )
    cohort = django_filters.ChoiceFilter(label=_("Cohort"), method="begun_in", empty_label=_("All cohorts"))
    state = django_filters.ChoiceFilter(label=_("State"), method="in_state", choices=STATES, empty_label=_("All"))

    class Meta:
        model = Ramp
        fields: list[str] = []

    def __init__(self, *args: Any, rule: RampRule, began: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.compared: RampQuerySet = self.queryset
        choices = [(str(quarter), name_of(quarter)) for quarter in quarters(*began)]
        self.filters["cohort"].extra["choices"] = choices

    def filter_queryset(self, queryset: Any) -> Any:
        """Keeps on the way what the curves are of: `compared`."""
        given = dict(self.form.cleaned_data)
        for name in ("department", "plan"):
            queryset = self.filters[name].filter(queryset, given.get(name))
        self.compared = queryset
        for name in ("q", "cohort", "state"):
            queryset = self.filters[name].filter(queryset, given.get(name))
        return queryset

    def named(self, queryset: RampQuerySet, _name: str, text: str) -> RampQuerySet:
        return queryset.filter(person__in=User.objects.called(text))

    def within(self, queryset: RampQuerySet, _name: str, department: Department) -> RampQuerySet:
        return queryset.filter(person__department__path__startswith=department.path)

    def on_plan(self, queryset: RampQuerySet, _name: str, template: JobPlanTemplate) -> RampQuerySet:
        return queryset.filter(person__in=JobPlan.objects.filter(template=template).values("mentee"))

    def begun_in(self, queryset: RampQuerySet, _name: str, text: str) -> RampQuerySet:
        year, number = map(int, text.split("-"))
        quarter = Quarter(year, number)
        return queryset.filter(first_contact_on__range=(quarter.first, quarter.last))

    def in_state(self, queryset: RampQuerySet, _name: str, state: str) -> RampQuerySet:
        return queryset.in_state(state, self.rule.horizon)
