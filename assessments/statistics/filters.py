"""What narrows the list of quizzes."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.statistics.models import QuizTally
from courses.models import Topic


class TallyFilter(filters.FilterSet):
    """Quizzes by their words and their topic."""

    q = filters.CharFilter(
        label=_("Search"),
        method="of_text",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Words of the quiz or its course")}),
    )
    topic = filters.ModelChoiceFilter(
        label=_("topic"), queryset=Topic.objects.all(), field_name="quiz__unit__course__topic"
    )
    flagged = filters.BooleanFilter(
        label=_("with questions to mend"), method="to_mend", widget=forms.CheckboxInput(attrs={"role": "switch"})
    )

    class Meta:
        model = QuizTally
        fields: list[str] = []

    def of_text(self, queryset: QuerySet[QuizTally], _name: str, value: str) -> QuerySet[QuizTally]:
        words = value.strip()
        return queryset.filter(Q(quiz__unit__title__icontains=words) | Q(quiz__unit__course__title__icontains=words))

    def to_mend(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.filter(to_mend__gt=0) if value else queryset
