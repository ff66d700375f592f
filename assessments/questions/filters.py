from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Difficulty, Kind, Question, QuestionQuerySet, Status
from courses.competencies.fields import CompetencyFilter
from courses.models import Topic
from courses.topics.fields import TopicFilter

RETIRED = "retired"


class QuestionFilter(filters.FilterSet):
    """What narrows the bank; without a choice of status only questions in use are shown."""

    q = filters.CharFilter(
        label=_("Search"),
        method="of_text",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Code or words of the question")}),
    )
    topic = TopicFilter(label=_("topic"), queryset=Topic.objects.all())
    competency = CompetencyFilter(label=_("competency"))
    kind = filters.ChoiceFilter(label=_("kind"), choices=Kind.choices)
    difficulty = filters.ChoiceFilter(label=_("difficulty"), choices=Difficulty.choices)
    status = filters.ChoiceFilter(label=_("status"), choices=[(RETIRED, _("Retired"))], method="of_status")

    class Meta:
        model = Question
        fields: list[str] = []

    def of_text(self, queryset: QuestionQuerySet, _name: str, value: str) -> QuestionQuerySet:
        return queryset.searched(value.strip())

    def of_status(self, queryset: QuestionQuerySet, _name: str, _value: str) -> QuestionQuerySet:
        return queryset

    def filter_queryset(self, queryset: Any) -> Any:
        retired = self.form.cleaned_data.get("status") == RETIRED
        found = super().filter_queryset(queryset)
        return found.filter(status=Status.RETIRED) if retired else found.exclude(status=Status.RETIRED)
