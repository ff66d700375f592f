"""What an attempt asks: the quiz's paper as it is at this moment, in the person's own order, kept with the attempt."""

import json
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from django.db import connection

from assessments.attempts.models import Attempt, Response
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.quizzes.paper import Asked, slots_of

# One statement for any number of responses, several times faster than the ORM's.
INSERT = """
INSERT INTO assessments_response
    (attempt_id, version_id, position, option_order, section, points, answer, sequence, saved_at, fraction,
     needs_person, certainty, flagged, comment, tries)
SELECT new.*, false, '', 0
FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::jsonb[], %s::varchar[], %s::smallint[], %s::jsonb[],
            %s::bigint[], %s::timestamptz[], %s::numeric[], %s::boolean[], %s::smallint[]) AS new
"""
BATCH = 2_000


def items_of(quiz: Quiz) -> list[QuizQuestion]:
    """The fixed questions of the quiz with their present versions."""
    return [slot for slot in slots_of(quiz) if slot.question_id]


def chance_of(attempt: Attempt) -> Random:
    """The same attempt is always drawn and shuffled the same way."""
    return chance_for(attempt.enrolment_id, attempt.quiz_id, attempt.number)


def chance_for(enrolment_id: int, quiz_id: int, number: int) -> Random:
    """What decides the draw and the order of the attempt with this number."""
    return Random(f"{enrolment_id}/{quiz_id}/{number}")


def responses_for(attempt: Attempt, paper: Iterable[Asked]) -> list[Response]:
    """Empty responses of the attempt, one a question of the paper."""
    return [
        Response(
            attempt=attempt,
            version=asked.version,
            position=position,
            option_order=asked.option_order,
            section=asked.section,
            points=asked.points,
        )
        for position, asked in enumerate(paper, start=1)
    ]


def write_responses(responses: Sequence[Response]) -> None:
    """Insert the responses, some thousand a statement."""
    for start in range(0, len(responses), BATCH):
        part = responses[start : start + BATCH]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, _columns(part))


def _columns(responses: Sequence[Response]) -> list[list[Any]]:
    rows = (
        (
            one.attempt.pk,
            one.version_id,
            one.position,
            json.dumps(one.option_order),
            one.section,
            one.points,
            None if one.answer is None else json.dumps(one.answer),
            one.sequence,
            one.saved_at,
            one.fraction,
            one.needs_person,
            one.certainty,
        )
        for one in responses
    )
    return [list(column) for column in zip(*rows, strict=True)]
