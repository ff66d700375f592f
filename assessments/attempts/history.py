"""Attempts of the past, made by the thousand: the same rows as start, save and submit make."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from assessments.attempts.models import Attempt, Response, State
from assessments.attempts.snapshots import items_of, kinds_of, responses_for
from assessments.questions.grading import NONE, fraction, percent
from assessments.quizzes.models import Quiz, QuizQuestion
from courses.models import Enrolment

BATCH = 2000
INSERT = """
INSERT INTO assessments_response
    (attempt_id, version_id, position, option_order, points, answer, sequence, saved_at, fraction, flagged,
     section, needs_person, comment, tries)
SELECT past.*, false, '', false, '', 0
FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::jsonb[], %s::smallint[], %s::jsonb[],
                     %s::bigint[], %s::timestamptz[], %s::numeric[]) AS past
"""


@dataclass(frozen=True)
class PastAttempt:
    """One graded attempt: `answers` maps a question's id to the answer given."""

    enrolment: Enrolment
    quiz: Quiz
    started_at: datetime
    submitted_at: datetime
    answers: Mapping[int, Any]


@transaction.atomic
def record_attempts(rows: Sequence[PastAttempt]) -> int:
    """Write graded attempts with their responses; completing units and courses is `complete_many`'s part.

    Rows of one enrolment and quiz come in the order in which they were made.
    """
    items = {quiz.pk: items_of(quiz) for quiz in {row.quiz for row in rows}}
    numbers = _numbers_so_far(rows)
    attempts, responses = [], []
    for row in rows:
        numbers[row.enrolment.pk, row.quiz.pk] += 1
        attempt = _attempt(row, numbers[row.enrolment.pk, row.quiz.pk])
        answered = _answered(row, attempt, items[row.quiz.pk])
        attempt.score = percent((response.points, response.fraction or NONE) for response in answered)
        attempt.passed = attempt.score >= attempt.pass_mark
        attempts.append(attempt)
        responses += answered
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    for start in range(0, len(responses), BATCH):
        _write(responses[start : start + BATCH])
    return len(attempts)


def _write(responses: Sequence[Response]) -> None:
    """One statement for thousands of responses, several times faster than the ORM's."""
    columns: list[list[Any]] = [
        [response.attempt.pk for response in responses],
        [response.version_id for response in responses],
        [response.position for response in responses],
        [json.dumps(response.option_order) for response in responses],
        [response.points for response in responses],
        [None if response.answer is None else json.dumps(response.answer) for response in responses],
        [response.sequence for response in responses],
        [response.saved_at for response in responses],
        [response.fraction for response in responses],
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, columns)


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
        state=State.GRADED,
        pass_mark=row.quiz.pass_mark,
        started_at=row.started_at,
        deadline=row.started_at + timedelta(minutes=limit) if limit else None,
        submitted_at=row.submitted_at,
    )


def _answered(row: PastAttempt, attempt: Attempt, items: Sequence[QuizQuestion]) -> list[Response]:
    kinds = kinds_of(items)
    responses = responses_for(attempt, items, shuffle=row.quiz.shuffle)
    for response in responses:
        chosen = row.answers.get(response.version.question_id)
        if chosen is not None:
            response.answer, response.saved_at = chosen, row.submitted_at
            response.sequence = max(int((row.submitted_at - row.started_at) / timedelta(milliseconds=1)), 1)
        response.fraction = fraction(kinds[response.version_id], response.version, response.answer)
    return responses
