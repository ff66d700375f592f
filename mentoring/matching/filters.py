from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.matching.models import Match, MatchingRound, MatchingRoundQuerySet, RoundState
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User


class RoundFilter(django_filters.FilterSet):
    """What the list of rounds can be narrowed by; discarded ones are shown only when asked for."""

    q = django_filters.CharFilter(
        label=_("Search"), field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=pgettext_lazy("matching", "Not discarded"), choices=RoundState.choices
    )

    class Meta:
        model = MatchingRound
        fields: list[str] = []

    def filter_queryset(self, queryset: MatchingRoundQuerySet) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(state=RoundState.DISCARDED)


class MatchFilter(django_filters.FilterSet):
    """What the proposals of a round can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Search"), method="named", widget=forms.SearchInput(attrs={"placeholder": _("Name or number")})
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("All"),
        choices=[
            ("left", pgettext_lazy("matching", "Left over")),
            ("hand", pgettext_lazy("matching", "By hand")),
            ("problem", pgettext_lazy("matching", "With a problem")),
        ],
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))

    class Meta:
        model = Match
        fields: list[str] = []

    def named(self, queryset: Any, _name: str, text: str) -> Any:
        people = User.objects.called(text)
        return queryset.filter(Q(mentee__in=people) | Q(mentor__in=people))

    def in_state(self, queryset: Any, _name: str, state: str) -> Any:
        if state == "left":
            return queryset.filter(mentor=None)
        return queryset.filter(is_fixed=True) if state == "hand" else queryset.exclude(problem="")

    def within(self, queryset: Any, _name: str, department: Department) -> Any:
        return queryset.filter(mentee__department__path__startswith=department.path)
