from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.careers.models import CareerStep, Nomination, NominationState, Readiness, Reserve
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name, pinyin, initials or number")})
Rows = QuerySet[Any]


class _StepField(forms.ModelChoiceField[CareerStep]):
    def label_from_instance(self, obj: CareerStep) -> str:
        return str(obj)


class StepFilter(django_filters.ModelChoiceFilter):
    field_class = _StepField


class PeopleFilter(django_filters.FilterSet):
    """Candidates for a step: by name and department."""

    q = django_filters.CharFilter(label=_("Search"), method="called", widget=SEARCH)
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))

    class Meta:
        model = User
        fields: list[str] = []

    def called(self, queryset: Any, _name: str, text: str) -> Any:
        return queryset.called(text)

    def within(self, queryset: Any, _name: str, department: Department) -> Any:
        return queryset.in_department(department)


class _OfPeople(django_filters.FilterSet):
    """Rows about a person and a step."""

    q = django_filters.CharFilter(label=_("Search"), method="called", widget=SEARCH)
    step = StepFilter(
        label=pgettext_lazy("career", "Step"),
        queryset=CareerStep.objects.select_related("from_position", "to_position"),
        empty_label=_("All steps"),
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))

    def called(self, queryset: Rows, _name: str, text: str) -> Rows:
        return queryset.filter(person__in=User.objects.called(text))

    def within(self, queryset: Rows, _name: str, department: Department) -> Rows:
        return queryset.filter(person__department__path__startswith=department.path)


class ReserveFilter(_OfPeople):
    readiness = django_filters.ChoiceFilter(
        label=_("Readiness"), choices=Readiness.choices, empty_label=_("Any readiness")
    )

    class Meta:
        model = Reserve
        fields: list[str] = []


STATES = [*NominationState.choices, ("coming", _("Approved, not in effect yet")), ("all", _("All"))]


class NominationFilter(_OfPeople):
    """What waits for a decision, unless asked otherwise."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[choice for choice in STATES if choice[0] != NominationState.OPEN],
        empty_label=NominationState.OPEN.label,
    )

    class Meta:
        model = Nomination
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def in_state(self, queryset: Any, _name: str, state: str) -> Any:
        if state == "coming":
            return queryset.coming()
        return queryset if state == "all" else queryset.filter(state=state)
