"""What the list and the timeline of refreshers can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.refreshers.models import Refresher
from courses.refreshers.whats import WHATS

STATES = [("running", pgettext_lazy("refresher", "Running")), ("paused", pgettext_lazy("refresher", "Paused"))]


class RefresherFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Title"),
        field_name="title",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    what = django_filters.ChoiceFilter(label=pgettext_lazy("refresher", "What"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state", empty_label=_("All"))

    class Meta:
        model = Refresher
        fields = ["q", "what", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(key, what.label) for key, what in WHATS.items()]  # also those of higher apps, which come later
        self.filters["what"].extra["choices"] = known

    def of_state(self, queryset: QuerySet[Refresher], _name: str, value: str) -> QuerySet[Refresher]:
        return queryset.filter(paused_at__isnull=value == "running")
