"""What the list of instructors can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.instructors.models import Instructor

STATES = [("retired", pgettext_lazy("instructor", "Teaches no longer")), ("all", _("All"))]


class InstructorFilter(django_filters.FilterSet):
    """Without a state those who can be asked."""

    q = django_filters.CharFilter(
        label=_("Name or company"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    who = django_filters.ChoiceFilter(
        label=pgettext_lazy("instructor", "Kind"),
        choices=[("inside", _("of the company")), ("outside", _("from outside"))],
        method="from_where",
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="of_state", empty_label=pgettext_lazy("instructor", "Teaches")
    )

    class Meta:
        model = Instructor
        fields = ["q", "who", "state"]

    def called(self, queryset: QuerySet[Instructor], _name: str, value: str) -> QuerySet[Instructor]:
        """By name or company; people of the company also by the pinyin of their name."""
        key = value.replace(" ", "").lower()
        inside = Q(person__name__icontains=value) | Q(person__sort_key__istartswith=key)
        return queryset.filter(inside | Q(name__icontains=value) | Q(company__icontains=value))

    def from_where(self, queryset: QuerySet[Instructor], _name: str, value: str) -> QuerySet[Instructor]:
        return queryset.filter(person__isnull=value == "outside")

    def of_state(self, queryset: QuerySet[Instructor], _name: str, value: str) -> QuerySet[Instructor]:
        return queryset.exclude(retired_at=None) if value == "retired" else queryset

    def filter_queryset(self, queryset: Any) -> QuerySet[Instructor]:
        """Those who can be asked are what people look for."""
        found: QuerySet[Instructor] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.filter(pk__in=Instructor.objects.offered().values("pk"))
