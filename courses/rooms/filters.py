"""What the list of rooms can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.rooms.models import Room

STATES = [("retired", pgettext_lazy("room", "Given up")), ("all", _("All"))]


def _buildings() -> list[tuple[str, str]]:
    names = Room.objects.exclude(building="").order_by("building").values_list("building", flat=True).distinct()
    return [(name, name) for name in names]


class RoomFilter(django_filters.FilterSet):
    """Without a state the rooms in use."""

    q = django_filters.CharFilter(
        label=_("Name or equipment"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    building = django_filters.ChoiceFilter(label=_("Building"), choices=[], empty_label=_("All"))
    seats = django_filters.NumberFilter(label=_("Seats at least"), field_name="seats", lookup_expr="gte")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="of_state", empty_label=pgettext_lazy("room", "In use")
    )

    class Meta:
        model = Room
        fields = ["q", "building", "seats", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["building"].extra["choices"] = _buildings()

    def called(self, queryset: QuerySet[Room], _name: str, value: str) -> QuerySet[Room]:
        return queryset.filter(Q(name__icontains=value) | Q(equipment__icontains=value))

    def of_state(self, queryset: QuerySet[Room], _name: str, value: str) -> QuerySet[Room]:
        return queryset.exclude(retired_at=None) if value == "retired" else queryset

    def filter_queryset(self, queryset: Any) -> QuerySet[Room]:
        """Rooms in use are what people look for."""
        found: QuerySet[Room] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(retired_at=None)
