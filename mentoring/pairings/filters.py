from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.models import Pairing, PairingQuerySet
from trainingsite.core import days
from trainingsite.people.models import Department, User
from trainingsite.people.staff.models import PersonQuerySet

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name or number")})


class PairingFilter(django_filters.FilterSet):
    """What the list of pairings can be narrowed by; open ones unless asked otherwise."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("Going on"),
        choices=[
            ("overdue", _("Check-in overdue")),
            ("unagreed", _("Agreement missing")),
            ("past", _("Past the planned end")),
            ("ended", _("Ended")),
            ("all", _("All")),
        ],
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department of the mentee"),
        queryset=Department.objects.in_tree_order(),
        method="within",
        empty_label=_("All departments"),
    )

    class Meta:
        model = Pairing
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def named(self, queryset: PairingQuerySet, _name: str, text: str) -> PairingQuerySet:
        people = User.objects.called(text)
        return queryset.filter(Q(mentor__in=people) | Q(mentee__in=people))

    def in_state(self, queryset: PairingQuerySet, _name: str, state: str) -> PairingQuerySet:
        day = days.today()
        found = {
            "overdue": queryset.overdue(day),
            "unagreed": queryset.unagreed(),
            "past": queryset.past_end(day),
            "ended": queryset.ended(),
        }
        return found.get(state, queryset)

    def within(self, queryset: PairingQuerySet, _name: str, department: Department) -> PairingQuerySet:
        return queryset.filter(mentee__department__path__startswith=department.path)


class NewcomerFilter(django_filters.FilterSet):
    """`days` (hired within) is applied where the newcomers are looked up."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    days = django_filters.ChoiceFilter(
        label=_("Hired within"),
        method="kept",
        empty_label=_("90 days"),
        choices=[("30", _("30 days")), ("180", _("180 days")), ("365", _("365 days"))],
    )

    class Meta:
        model = User
        fields: list[str] = []

    def named(self, queryset: PersonQuerySet, _name: str, text: str) -> PersonQuerySet:
        found: PersonQuerySet = queryset.called(text)
        return found

    def kept(self, queryset: PersonQuerySet, _name: str, _value: str) -> PersonQuerySet:
        return queryset
