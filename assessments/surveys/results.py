"""What came back: counted in the database, a fixed number of queries whatever the number of replies."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.surveys.models import AnswerKind, Reply, Survey, SurveyQuestion
from assessments.surveys.rules import SCALE
from trainingsite.core import charts

MIN_ANONYMOUS = 5
TEXTS_SHOWN = 50
# What was chosen and how often; of the texts, which nobody counts, the first in the order of random keys.
ANSWERS = """
WITH given AS (
    SELECT id, key, value FROM assessments_reply, jsonb_each_text(answers) WHERE survey_id = %(survey)s
)
SELECT key, value, count(*) FROM given WHERE key = ANY(%(counted)s) GROUP BY key, value
UNION ALL
SELECT key, value, NULL FROM (
    SELECT key, value, row_number() OVER (PARTITION BY key ORDER BY id) AS place FROM given WHERE key = ANY(%(texts)s)
) AS written WHERE place <= %(most)s
"""


@dataclass(frozen=True)
class QuestionResult:
    """`counts` pairs each answer that was offered with how often it was given."""

    question: SurveyQuestion
    counts: list[tuple[str, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(number for _answer, number in self.counts)

    @property
    def mean(self) -> float | None:
        """The mean of a scale."""
        if self.question.kind != AnswerKind.SCALE or not self.answered:
            return None
        return sum(int(answer) * number for answer, number in self.counts) / self.answered

    @property
    def chart(self) -> dict[str, Any]:
        names, numbers = zip(*self.counts, strict=True)
        lying = self.question.kind == AnswerKind.CHOICE
        option = charts.bars(names, {_("Replies"): numbers}, lying=lying)
        option["xAxis" if lying else "yAxis"]["minInterval"] = 1
        return option


@dataclass(frozen=True)
class Results:
    invited: int
    replied: int
    hidden: bool
    questions: list[QuestionResult]

    @property
    def rate(self) -> float | None:
        return self.replied / self.invited if self.invited else None


def is_hidden(survey: Survey, replied: int) -> bool:
    """Whether so few have answered an anonymous survey that the answers could be guessed to be somebody's."""
    return survey.is_anonymous and replied < MIN_ANONYMOUS


def results_of(survey: Survey) -> Results:
    """The answers by question, or only how many came while they have to stay hidden; at most three queries."""
    invited, replied = _numbers(survey)
    if is_hidden(survey, replied):
        return Results(invited, replied, hidden=True, questions=[])
    questions = list(survey.questions.all())
    counts, texts = _answers(survey, questions)
    found = [_result(question, counts[str(question.pk)], texts[str(question.pk)]) for question in questions]
    return Results(invited, replied, hidden=False, questions=found)


def _numbers(survey: Survey) -> tuple[int, int]:
    """How many were invited, and how many replied."""
    invited = survey.invitations.order_by().values("survey").annotate(n=Count("pk")).values("n")
    replied = survey.replies.order_by().values("survey").annotate(n=Count("pk")).values("n")
    numbers = Survey.objects.values_list(Subquery(invited), Subquery(replied)).get(pk=survey.pk)
    return numbers[0] or 0, numbers[1] or 0


def _result(question: SurveyQuestion, counts: dict[str, int], texts: list[str]) -> QuestionResult:
    offered = {AnswerKind.SCALE: SCALE, AnswerKind.CHOICE: question.options}.get(AnswerKind(question.kind), ())
    return QuestionResult(question, [(answer, counts.get(answer, 0)) for answer in offered], texts)


def _answers(survey: Survey, questions: list[SurveyQuestion]) -> tuple[dict[str, dict[str, int]], dict[str, list[str]]]:
    """By question id: each answer with its number, and the texts."""
    written = [str(question.pk) for question in questions if question.kind == AnswerKind.TEXT]
    counted = [str(question.pk) for question in questions if question.kind != AnswerKind.TEXT]
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    texts: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"survey": survey.pk, "counted": counted, "texts": written, "most": TEXTS_SHOWN}
        cursor.execute(ANSWERS, asked)
        for key, value, number in cursor.fetchall():
            if number is None:
                texts[key].append(value)
            else:
                counts[key][value] = number
    return counts, texts


def headings(survey: Survey, questions: list[SurveyQuestion]) -> list[str]:
    """The first line of the export; names only where people were told that they are kept."""
    named = [] if survey.is_anonymous else [_("Employee number"), pgettext("person", "Name"), _("Date")]
    return [*named, *(question.text for question in questions)]


def export_rows(survey: Survey, questions: list[SurveyQuestion]) -> Iterator[list[Any]]:
    """A row a reply; those of an anonymous survey in the order of their random keys."""
    replies = Reply.objects.filter(survey=survey).select_related("person").order_by("pk")
    for reply in replies.iterator(chunk_size=1000):
        person = reply.person
        named = [] if survey.is_anonymous else [person and person.employee_number, person and person.name]
        day = [] if survey.is_anonymous else [reply.answered_on]
        yield [*named, *day, *(reply.answers.get(str(question.pk), "") for question in questions)]
