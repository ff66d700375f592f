from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.board.states import State
from mentoring.job_plans.models import JobPlanTemplate
from mentoring.pairings.models import Pairing
from trainingsite.core.forms import DayInput
from trainingsite.people.access.doors import me
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name or number")})
SIGNS = [
    ("gone", pgettext_lazy("pairing", "Mentor gone")),
    ("away", pgettext_lazy("pairing", "Mentor away")),
    ("tasks", pgettext_lazy("pairing", "Tasks not signed")),
    ("checkin", _("Check-in overdue")),
    ("unplanned", pgettext_lazy("pairing", "No check-in planned")),
    ("stuck", pgettext_lazy("pairing", "Slow or stuck")),
    ("over", pgettext_lazy("pairing", "Past the planned end")),
    ("half", pgettext_lazy("pairing", "Half-time evaluation missing")),
    ("end", pgettext_lazy("pairing", "Final evaluation missing")),
    ("agreement", pgettext_lazy("pairing", "Agreement not signed")),
]


def _guiding(request: Any) -> Any:
    """The mentors of the pairings that the user sees and that go on."""
    if request is None:
        return User.objects.none()
    seen = Pairing.objects.open().visible_to(me(request))
    return User.objects.filter(pk__in=seen.values("mentor")).order_by("sort_key", "pk")


class BoardFilter(django_filters.FilterSet):
    """What the board can be narrowed to. `state` is applied by the page, which counts all states before."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="kept",
        empty_label=pgettext_lazy("pairing", "All states"),
        choices=[(state.key, state.label) for state in reversed(State)],
    )
    sign = django_filters.ChoiceFilter(
        label=pgettext_lazy("pairing", "Reason"),
        method="with_sign",
        empty_label=pgettext_lazy("pairing", "All reasons"),
        choices=SIGNS,
    )
    department = DepartmentFilter(
        label=_("Department of the mentee"), method="within", empty_label=_("All departments")
    )
    mentor = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("pairing", "Mentor"), queryset=_guiding, empty_label=pgettext_lazy("pairing", "All mentors")
    )
    plan = django_filters.ModelChoiceFilter(
        label=_("On-the-job plan"),
        field_name="plan__template",
        queryset=JobPlanTemplate.objects.all(),
        empty_label=pgettext_lazy("pairing", "All plans"),
    )
    ends_min = django_filters.DateFilter(
        label=pgettext_lazy("pairing", "Ends from"), field_name="ends", lookup_expr="gte", widget=DayInput()
    )
    ends_max = django_filters.DateFilter(
        label=pgettext_lazy("pairing", "Ends until"), field_name="ends", lookup_expr="lte", widget=DayInput()
    )
    more_fields = ("mentor", "plan", "ends_min", "ends_max")

    class Meta:
        model = Pairing
        fields: list[str] = []

    def named(self, queryset: Any, _name: str, text: str) -> Any:
        people = User.objects.called(text)
        return queryset.filter(Q(mentor__in=people) | Q(mentee__in=people))

    def kept(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset

    def with_sign(self, queryset: Any, _name: str, sign: str) -> Any:
        return queryset.filter(**{f"sign_{sign}__gt": 0})

    def within(self, queryset: Any, _name: str, department: Department) -> Any:
        return queryset.filter(mentee__department__path__startswith=department.path)
