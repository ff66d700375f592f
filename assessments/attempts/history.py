"""Attempts of the past, made by the thousand: the same rows as start, save and submit make."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments.attempts.behaviours import Given, earned
from assessments.attempts.models import Attempt, Response, State
from assessments.attempts.snapshots import chance_of, responses_for, write_responses
from assessments.questions.grading import NONE, fraction, percent
from assessments.questions.models import QuestionVersion
from assessments.quizzes.models import Quiz
from assessments.quizzes.paper import Source, source_of
from courses.models import Enrolment

BATCH = 2_000


@dataclass(frozen=True)
class PastAttempt:
    """One attempt that was handed in.

    `answers` maps a question's id to the answer, or gives the answer to a version (a draw is not known before).
    `marks` are what people gave, by question; an answer that people mark and that has none keeps the attempt waiting.
    `certainties`, by question, where the quiz asks for them.
    """

    enrolment: Enrolment
    quiz: Quiz
    started_at: datetime
    submitted_at: datetime
    answers: Mapping[int, Any] | Callable[[QuestionVersion], Any]
    marks: Mapping[int, Decimal] = field(default_factory=dict)
    certainties: Mapping[int, int] = field(default_factory=dict)

    def answer(self, version: QuestionVersion) -> Any:
        return self.answers(version) if callable(self.answers) else self.answers.get(version.question_id)


@transaction.atomic
def record_attempts(rows: Sequence[PastAttempt]) -> int:
    """Write attempts with their responses; completing units and courses is `complete_many`'s part.

    Rows of one enrolment and quiz come in the order in which they were made.
    """
    sources = {quiz.pk: source_of(quiz) for quiz in {row.quiz for row in rows}}
    numbers = _numbers_so_far(rows)
    attempts: list[Attempt] = []
    responses: list[Response] = []
    for row in rows:
        numbers[row.enrolment.pk, row.quiz.pk] += 1
        attempt = _attempt(row, numbers[row.enrolment.pk, row.quiz.pk])
        answered = _answered(row, attempt, sources[row.quiz.pk])
        _score(attempt, answered)
        attempts.append(attempt)
        responses += answered
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    write_responses(responses)
    return len(attempts)


def _numbers_so_far(rows: Sequence[PastAttempt]) -> defaultdict[tuple[int, int], int]:
    made = Attempt.objects.filter(enrolment__in={row.enrolment.pk for row in rows}).values("enrolment", "quiz")
    numbers: defaultdict[tuple[int, int], int] = defaultdict(int)
    numbers.update({(row["enrolment"], row["quiz"]): row["last"] for row in made.annotate(last=Max("number"))})
    return numbers


def _attempt(row: PastAttempt, number: int) -> Attempt:
    limit = row.quiz.time_limit_minutes
    return Attempt(
        quiz=row.quiz,
        person_id=row.enrolment.person_id,
        enrolment=row.enrolment,
        number=number,
        pass_mark=row.quiz.pass_mark,
        started_at=row.started_at,
        deadline=row.started_at + timedelta(minutes=limit) if limit else None,
        submitted_at=row.submitted_at,
    )


def _answered(row: PastAttempt, attempt: Attempt, source: Source) -> list[Response]:
    responses = responses_for(attempt, source.paper(chance_of(attempt)))
    sequence = max(int((row.submitted_at - row.started_at) / timedelta(milliseconds=1)), 1)
    for response in responses:
        answer = row.answer(response.version)
        if answer is not None:
            response.answer, response.saved_at, response.sequence = answer, row.submitted_at, sequence
        _mark(row, response)
    return responses


def _mark(row: PastAttempt, response: Response) -> None:
    version = response.version
    response.certainty = row.certainties.get(version.question_id)
    raw = fraction(version.question.kind, version, response.answer)
    if raw is None:
        response.fraction = row.marks.get(version.question_id)
        response.needs_person = response.fraction is None
    else:
        response.fraction = earned(row.quiz, Given(response.answer, response.certainty), raw)


def _score(attempt: Attempt, answered: Sequence[Response]) -> None:
    if any(response.fraction is None for response in answered):
        attempt.state = State.SUBMITTED
        return
    attempt.state = State.GRADED
    attempt.score = percent((response.points, response.fraction or NONE) for response in answered)
    attempt.passed = attempt.score >= attempt.pass_mark
