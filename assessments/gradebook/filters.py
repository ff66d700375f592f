"""What narrows the people of a gradebook."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.audiences.actions import people_matching
from courses.models import Audience
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

STATES = [
    ("passed", _("passed everything")),
    ("below", _("below the pass mark")),
    ("missing", _("something without a result")),
    ("marking", _("waits to be marked")),
    ("appeal", _("appeal open")),
    ("going", pgettext_lazy("quiz", "being taken")),
]


class PeopleFilter(filters.FilterSet):
    """The state is a matter of the cells, and asked for in the matrix."""

    q = filters.CharFilter(
        label=_("Person"),
        method="called",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, pinyin or number")}),
    )
    department = DepartmentFilter(label=_("department"), method="below")
    audience = filters.ModelChoiceFilter(
        label=_("audience"), queryset=Audience.objects.saved().order_by("name"), method="matching"
    )
    state = filters.ChoiceFilter(label=_("state"), choices=STATES, method="of_cells")

    class Meta:
        model = User
        fields: list[str] = []

    def called(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.called(value)

    def below(self, queryset: Any, _name: str, value: Department) -> Any:
        return queryset.in_department(value)

    def matching(self, queryset: QuerySet[User], _name: str, value: Audience) -> QuerySet[User]:
        """A rule that is broken reaches nobody."""
        try:
            members = people_matching(value.conditions, on=clock.today())
        except Refused:
            return queryset.none()
        return queryset.filter(pk__in=members.order_by().values("pk"))

    def of_cells(self, queryset: QuerySet[User], _name: str, _value: str) -> QuerySet[User]:
        return queryset

    @property
    def of_state(self) -> str:
        """The state that was chosen."""
        valid = self.form.is_valid()
        return str(self.form.cleaned_data.get("state") or "") if valid else ""
