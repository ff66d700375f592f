from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.rotation.models import Rotation, RotationOffer, RotationOfferQuerySet, RotationQuerySet, RotationState
from trainingsite.core import days
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User


class OfferFilter(django_filters.FilterSet):
    """What the list of offers can be narrowed by; those that are open unless asked otherwise."""

    q = django_filters.CharFilter(
        label=_("Search"), field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="kept",
        empty_label=pgettext_lazy("rotation", "Open"),
        choices=[("all", pgettext_lazy("rotation", "Past and withdrawn too"))],
    )

    class Meta:
        model = RotationOffer
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open(days.today())

    def within(self, queryset: RotationOfferQuerySet, _name: str, department: Department) -> RotationOfferQuerySet:
        return queryset.filter(department__path__startswith=department.path)

    def kept(self, queryset: RotationOfferQuerySet, _name: str, _value: str) -> RotationOfferQuerySet:
        return queryset


class RotationFilter(django_filters.FilterSet):
    """What the list of all rotations can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="named",
        widget=forms.SearchInput(attrs={"placeholder": _("Name or number")}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", empty_label=_("All"), choices=[*RotationState.choices]
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    offer = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("rotation", "Offer"), queryset=RotationOffer.objects.all(), empty_label=_("All")
    )

    class Meta:
        model = Rotation
        fields: list[str] = []

    def named(self, queryset: RotationQuerySet, _name: str, text: str) -> RotationQuerySet:
        return queryset.filter(person__in=User.objects.called(text))

    def in_state(self, queryset: RotationQuerySet, _name: str, state: str) -> RotationQuerySet:
        return queryset.filter(state=state)

    def within(self, queryset: RotationQuerySet, _name: str, department: Department) -> RotationQuerySet:
        return queryset.filter(person__department__path__startswith=department.path)
