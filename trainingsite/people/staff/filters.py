from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from trainingsite.people.access.roles import HUMAN, Role
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, Position, Status, User
from trainingsite.people.staff.models import PersonQuerySet


class PersonFilter(django_filters.FilterSet):
    """What the list of people can be narrowed by; those who have left are shown only when asked for."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="called",
        widget=forms.SearchInput(attrs={"placeholder": _("Name, pinyin, initials or number")}),
    )
    department = DepartmentFilter(label=_("Department"), method="in_department", empty_label=_("All departments"))
    position = django_filters.ModelChoiceFilter(
        label=_("Position"), queryset=Position.objects.order_by("name"), empty_label=_("All positions")
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices, empty_label=_("All who work here"))
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        method="with_role",
        choices=[(role.value, role.label) for role in Role if role in HUMAN],
        empty_label=_("All roles"),
    )

    tag = django_filters.ChoiceFilter(label=_("Tag"), method="with_tag", choices=[], empty_label=_("All tags"))

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["tag"].extra["choices"] = [(tag, tag) for tag in User.objects.people().tags()]

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.exclude(status=Status.LEFT)

    def called(self, queryset: PersonQuerySet, _name: str, text: str) -> PersonQuerySet:
        return queryset.called(text)

    def in_department(self, queryset: PersonQuerySet, _name: str, department: Department) -> PersonQuerySet:
        return queryset.in_department(department)

    def with_tag(self, queryset: PersonQuerySet, _name: str, tag: str) -> PersonQuerySet:
        return queryset.tagged(tag)

    def with_role(self, queryset: PersonQuerySet, _name: str, role: str) -> PersonQuerySet:
        return queryset.with_role(Role(role))
