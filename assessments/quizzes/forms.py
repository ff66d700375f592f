from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Difficulty, Kind, Question, QuestionQuerySet
from assessments.quizzes.models import Quiz
from courses.models import Topic

if TYPE_CHECKING:
    QuizModelForm = forms.ModelForm[Quiz]
else:
    QuizModelForm = forms.ModelForm  # generic for the type checker alone


class QuizForm(QuizModelForm):
    half_width = ("pass_mark", "time_limit_minutes", "max_attempts")

    class Meta:
        model = Quiz
        fields = ["pass_mark", "time_limit_minutes", "max_attempts", "shuffle"]
        help_texts = {
            "pass_mark": _("Who reaches it has passed."),
            "time_limit_minutes": _("Left empty: as long as it takes."),
            "max_attempts": _("Left empty: as often as wanted."),
            "shuffle": _("Each person gets an order of the own."),
        }


class PickerFilter(filters.FilterSet):
    """What narrows the bank beside a quiz."""

    q = filters.CharFilter(label=_("Search"), method="of_text", widget=forms.TextInput(attrs={"type": "search"}))
    topic = filters.ModelChoiceFilter(label=_("topic"), queryset=Topic.objects.all(), empty_label=_("All topics"))
    kind = filters.ChoiceFilter(label=_("kind"), choices=Kind.choices)
    difficulty = filters.ChoiceFilter(label=_("difficulty"), choices=Difficulty.choices)

    class Meta:
        model = Question
        fields: list[str] = []

    def of_text(self, queryset: QuestionQuerySet, _name: str, value: str) -> QuestionQuerySet:
        return queryset.searched(value.strip())


def picker(data: Any, quiz: Quiz) -> PickerFilter:
    """The questions that can still be put in, of the course's own topic unless another is asked for."""
    chosen = {"topic": quiz.unit.course.topic_id} if "topic" not in data else {}
    left = Question.objects.in_use().exclude(quiz_items__quiz=quiz).select_related("current", "topic").order_by("code")
    return PickerFilter({**data.dict(), **chosen}, queryset=left)
