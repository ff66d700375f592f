"""What narrows the list of profiles."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.profiles.models import RoleProfile, RoleProfileQuerySet
from trainingsite.people.models import Position

STATES = [("retired", _("Retired")), ("all", _("All"))]


class ProfileFilter(django_filters.FilterSet):
    """Without a state only those in use."""

    q = django_filters.CharFilter(label=_("Search"), method="called", widget=forms.TextInput(attrs={"type": "search"}))
    position = django_filters.ModelChoiceFilter(
        label=_("Position"),
        queryset=Position.objects.filter(role_profiles__isnull=False).distinct().order_by("name"),
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state", empty_label=_("In use"))

    class Meta:
        model = RoleProfile
        fields: list[Any] = []

    @property
    def found(self) -> RoleProfileQuerySet:
        """What was asked for."""
        rows: RoleProfileQuerySet = self.qs
        return rows if self.form.cleaned_data.get("state") else rows.in_use()

    def called(self, queryset: RoleProfileQuerySet, _name: str, value: str) -> RoleProfileQuerySet:
        return queryset.filter(
            Q(position__name__icontains=value) | Q(grade__iexact=value) | Q(summary__icontains=value)
        )

    def of_state(self, queryset: RoleProfileQuerySet, _name: str, value: str) -> RoleProfileQuerySet:
        return queryset.exclude(retired_at=None) if value == "retired" else queryset
