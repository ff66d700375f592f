"""What the marking queue can be narrowed by. Never by a name: it would tell whose a paper without a name is."""

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.fields import ModelChoiceField

from assessments.attempts.models import Response
from assessments.marking.models import Marking, Role
from assessments.marking.queue import Responses, held_by, held_by_others, marked_by, to_mark
from assessments.questions.models import Question
from assessments.quizzes.models import Quiz
from trainingsite.core.markdown import plain
from trainingsite.people.models import User

SHOWN = 40
AGES = [("1", _("more than a day")), ("3", _("more than 3 days")), ("7", _("more than a week"))]
WHO = [("mine", _("I am at it")), ("free", _("Nobody is at it"))]
PARTS = [role for role in Role.choices if role[0] != Role.APPEAL]


class _QuestionField(ModelChoiceField):
    """Questions by what they ask, since nobody knows their codes."""

    def label_from_instance(self, obj: Question) -> str:
        asked = plain(obj.current.stem) if obj.current else ""
        return f"{Truncator(asked).chars(SHOWN)} · {obj.code}"


class _QuestionFilter(django_filters.ModelChoiceFilter):
    field_class = _QuestionField


class MarkingFilter(django_filters.FilterSet):
    """Without a state what waits; `done` is what the user has marked."""

    quiz = django_filters.ModelChoiceFilter(
        label=_("quiz"), queryset=Quiz.objects.none(), field_name="attempt__quiz", empty_label=_("All")
    )
    question = _QuestionFilter(
        label=pgettext_lazy("questions", "Question"),
        queryset=Question.objects.none(),
        field_name="version__question",
        empty_label=_("All"),
    )
    age = django_filters.ChoiceFilter(label=_("waiting for"), choices=AGES, method="of_age", empty_label=_("All"))
    who = django_filters.ChoiceFilter(label=_("who"), choices=WHO, method="of_who", empty_label=_("All"))
    part = django_filters.ChoiceFilter(label=_("part"), choices=PARTS, method="of_part", empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[("done", _("Marked by me"))], method="as_it_is", empty_label=_("Waiting")
    )

    class Meta:
        model = Response
        fields: list[Any] = []

    def __init__(self, data: Any, *, user: User, at: datetime) -> None:
        self.user, self.at = user, at
        self.is_done = data.get("state") == "done"
        found = marked_by(user) if self.is_done else to_mark(user)
        super().__init__(data, found)
        quizzes = Quiz.objects.filter(pk__in=found.values("attempt__quiz"))
        self.filters["quiz"].queryset = quizzes.select_related("unit").order_by("unit__title")
        asked = Question.objects.filter(pk__in=found.values("version__question"))
        self.filters["question"].queryset = asked.select_related("current").order_by("code")

    def of_age(self, queryset: Responses, _name: str, value: str) -> Responses:
        return queryset.filter(attempt__submitted_at__lt=self.at - timedelta(days=int(value)))

    def of_who(self, queryset: Responses, _name: str, value: str) -> Responses:
        if value == "mine":
            return queryset.filter(held_by(self.user, self.at))
        return queryset.exclude(held_by(self.user, self.at)).exclude(held_by_others(self.user, self.at))

    def of_part(self, queryset: Responses, _name: str, value: str) -> Responses:
        if self.is_done:
            mine = Marking.objects.filter(response=OuterRef("pk"), marker=self.user, role=value)
            return queryset.filter(Exists(mine))
        return queryset.filter(stage=value)  # type: ignore[misc]  # annotated by the queue

    def as_it_is(self, queryset: Responses, _name: str, _value: str) -> Responses:
        return queryset
