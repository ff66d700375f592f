"""What the list of appeals can be narrowed by."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.appeals.models import Appeal, AppealQuerySet, State
from assessments.quizzes.models import Quiz
from trainingsite.people.models import User

STATES = [
    ("overdue", _("Overdue")),
    *[choice for choice in State.choices if choice[0] != State.OPEN],
    ("all", _("All")),
]


class AppealFilter(django_filters.FilterSet):
    """Without a state only what waits for an answer."""

    q = django_filters.CharFilter(
        label=_("Name, pinyin or number"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    quiz = django_filters.ModelChoiceFilter(
        label=_("quiz"), queryset=Quiz.objects.none(), field_name="response__attempt__quiz", empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="of_state", empty_label=State.OPEN.label
    )

    class Meta:
        model = Appeal
        fields: list[Any] = []

    def __init__(self, data: Any, queryset: AppealQuerySet, *, at: datetime) -> None:
        self.at = at
        super().__init__(data, queryset)
        quizzes = Quiz.objects.filter(pk__in=queryset.values("response__attempt__quiz"))
        self.filters["quiz"].queryset = quizzes.select_related("unit").order_by("unit__title")

    def called(self, queryset: AppealQuerySet, _name: str, value: str) -> AppealQuerySet:
        return queryset.filter(response__attempt__person__in=User.objects.called(value))

    def of_state(self, queryset: AppealQuerySet, _name: str, value: str) -> AppealQuerySet:
        if value == "overdue":
            return queryset.overdue(self.at)
        return queryset if value == "all" else queryset.filter(state=value)

    def filter_queryset(self, queryset: AppealQuerySet) -> AppealQuerySet:
        """What waits is what people come for."""
        found: AppealQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()
