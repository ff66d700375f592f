from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.surveys.models import Survey, SurveyQuerySet, SurveyState
from trainingsite.core import clock


class SurveyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Search"), field_name="title", lookup_expr="icontains", widget=forms.SearchInput()
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", empty_label=_("All states"), choices=SurveyState.choices
    )

    class Meta:
        model = Survey
        fields: list[str] = []

    def in_state(self, queryset: SurveyQuerySet, _name: str, state: str) -> Any:
        if state == SurveyState.DRAFT:
            return queryset.drafts()
        day = clock.today()
        chosen = {"scheduled": queryset.scheduled, "open": queryset.open, "closed": queryset.closed}
        return chosen[state](day)
