from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trainingsite.people.access.roles import Role
from trainingsite.people.departments.fields import DepartmentField
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.actions import grant

ROLES = [(role.value, role.label) for role in Role]


class GrantFilter(django_filters.FilterSet):
    """What the list of roles can be narrowed by; trainees are shown only when asked for, since nearly all are."""

    q = django_filters.CharFilter(label=_("Search"), method="held_by", widget=forms.SearchInput())
    role = django_filters.ChoiceFilter(label=_("Role"), choices=ROLES, empty_label=_("All but trainees"))

    class Meta:
        model = RoleGrant
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        return found if asked.get("role") or asked.get("q") else found.exclude(role=Role.TRAINEE)

    def held_by(self, queryset: QuerySet[RoleGrant], _name: str, text: str) -> QuerySet[RoleGrant]:
        return queryset.filter(user__in=User.objects.called(text))


class GrantForm(forms.Form):
    """A role for a person, who is named by number or user name."""

    person = forms.CharField(label=_("Person"), max_length=64, help_text=_("Employee number or user name"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    half_width = ("person", "role")
    department = DepartmentField(
        label=_("Supervised department"), required=False, empty_label="–", help_text=_("For supervisors only.")
    )

    def clean_person(self) -> User:
        """The person with the number or user name that was typed."""
        text = self.cleaned_data["person"].strip()
        found: User | None = User.objects.filter(employee_number=text).first()
        found = found or User.objects.filter(username=text).first()
        if found is None:
            raise forms.ValidationError(_("There is nobody with this number or user name."), code="unknown")
        return found

    def save(self) -> RoleGrant:
        """Give the role."""
        data: dict[str, Any] = self.cleaned_data
        return grant(data["person"], data["role"], data["department"])
