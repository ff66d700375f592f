from typing import Any

import django_filters as filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessments.questions.choosing import CategoryFilter, TagsFilter, owners
from assessments.questions.flags import ANY, FLAGS, flagged
from assessments.questions.models import Difficulty, Kind, Question, QuestionQuerySet, Status
from courses.competencies.fields import CompetencyFilter
from courses.models import Topic
from courses.topics.fields import TopicFilter


def reasons() -> list[tuple[str, Any]]:
    return [(ANY, _("Any reason")), *((name, FLAGS[name].label) for name in FLAGS)]


class QuestionFilter(filters.FilterSet):
    """What narrows the bank; without a choice of status the retired ones are left out."""

    q = filters.CharFilter(
        label=_("Search"),
        method="of_text",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Code or words of the question")}),
    )
    topic = TopicFilter(label=_("topic"), queryset=Topic.objects.all())
    category = CategoryFilter(label=_("category"), empty_label=_("All"))
    kind = filters.ChoiceFilter(label=_("kind"), choices=Kind.choices)
    status = filters.ChoiceFilter(label=_("status"), choices=Status.choices, empty_label=_("Not retired"))
    tags = TagsFilter(label=_("tags"), help_text="")
    difficulty = filters.ChoiceFilter(label=_("difficulty"), choices=Difficulty.choices)
    competency = CompetencyFilter(label=_("competency"))
    owner = filters.ModelChoiceFilter(label=_("owner"), queryset=lambda _request: owners())
    language = filters.ChoiceFilter(label=_("language"), choices=settings.LANGUAGES)
    flag = filters.ChoiceFilter(label=_("Flagged by figures"), choices=[], method="of_flags")

    more_fields = ("tags", "difficulty", "competency", "owner", "language", "flag")

    class Meta:
        model = Question
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["flag"].extra["choices"] = reasons()

    def of_text(self, queryset: QuestionQuerySet, _name: str, value: str) -> QuestionQuerySet:
        return queryset.searched(value.strip())

    def of_flags(self, queryset: QuestionQuerySet, _name: str, value: str) -> QuestionQuerySet:
        return queryset.filter(flagged(value))

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.exclude(status=Status.RETIRED)
