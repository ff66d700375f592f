"""What narrows the bank beside a quiz; a section; a draw."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.questions.choosing import CategoryField, TagsField
from assessments.questions.models import Difficulty, Kind, Question, QuestionQuerySet
from assessments.quizzes.actions import MOST_DRAWN, save_draw, save_section
from assessments.quizzes.models import MOST_POINTS, Quiz, QuizQuestion, Section
from assessments.quizzes.pools import CHOICES, IDS
from courses.competencies.fields import CompetencyField
from courses.models import Topic
from courses.topics.fields import TopicField, TopicFilter
from trainingsite.core.errors import Refused, show_refusal


class PickerFilter(filters.FilterSet):
    """What narrows the bank beside a quiz."""

    q = filters.CharFilter(label=_("Search"), method="of_text", widget=forms.TextInput(attrs={"type": "search"}))
    topic = TopicFilter(label=_("topic"), empty_label=_("All topics"))
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
    asked = quiz.items.filter(question__isnull=False).values("question")
    left = Question.objects.in_use().exclude(pk__in=asked).select_related("current", "topic").order_by("code")
    return PickerFilter({**data.dict(), **chosen}, queryset=left)


class SectionForm(forms.Form):
    title = forms.CharField(label=_("title"), max_length=100)
    note = forms.CharField(
        label=_("note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the section's questions: what they are about, how to answer them."),
    )
    shuffle = forms.BooleanField(
        label=_("shuffle within the section"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=_("Only if the quiz shuffles its questions."),
    )

    def save(self, quiz: Quiz, section: Section | None) -> Section | None:
        """The saved section; None when the rules refuse it, and the form then says why at the field."""
        try:
            return save_section(quiz, section, **self.cleaned_data)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class DrawForm(forms.Form):
    """How many questions to draw, and what they must have; what is left open does not matter."""

    draw = forms.IntegerField(label=_("how many"), min_value=1, max_value=MOST_DRAWN, initial=3)
    points = forms.IntegerField(label=_("points each"), min_value=1, max_value=MOST_POINTS, initial=1)
    topic = TopicField(label=_("topic"), required=False, empty_label=_("All topics"))
    category = CategoryField(empty_label=_("All categories"))
    tags = TagsField(help_text=_("With commas between them. A question must have every one of them."))
    difficulty = forms.TypedMultipleChoiceField(
        label=_("difficulty"),
        choices=Difficulty.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice: any."),
    )
    kind = forms.MultipleChoiceField(
        label=_("kind"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice: any."),
    )
    competency = CompetencyField(label=_("competency"), required=False, empty_label=_("Any competency"))

    half_width = ("draw", "points", "topic", "category", "difficulty", "tags", "competency")

    @classmethod
    def starting(cls, slot: QuizQuestion | None, topic: Topic) -> dict[str, Any]:
        """What the form begins with: the draw as it is, or the course's topic."""
        return {**(slot.pool or {}), "draw": slot.draw, "points": slot.points} if slot else {"topic": topic.pk}

    def pool(self) -> dict[str, Any]:
        """What was asked for, as far as it can be read."""
        given = self.cleaned_data
        ids = {name: given[name].pk for name in IDS if given.get(name)}
        return ids | {name: given[name] for name in (*CHOICES, "tags") if given.get(name)}

    def save(self, quiz: Quiz, slot: QuizQuestion | None, section: Section | None) -> QuizQuestion | None:
        """The saved draw; None when the rules refuse it, and the form then says why at the field."""
        counts = {name: self.cleaned_data[name] for name in ("draw", "points")}
        try:
            return save_draw(quiz, slot, pool=self.pool(), section=section, **counts)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None
