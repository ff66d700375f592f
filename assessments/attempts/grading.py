"""Grading what was handed in: automatic at once, the rest when people have marked it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from assessments.attempts.behaviours import Given, earned
from assessments.attempts.hooks import graded, improved, passed
from assessments.attempts.models import HANDED_IN, Attempt, Response, State
from assessments.attempts.outcome import outcome_of
from assessments.attempts.sheets import versions_of
from assessments.questions.grading import NONE, fraction, percent
from assessments.questions.models import QuestionVersion
from assessments.quizzes.models import Counts, Quiz
from courses.enrolment.bulk import complete_units

GRADE = """
UPDATE assessments_response AS response
SET fraction = graded.fraction, needs_person = graded.needs_person
FROM unnest(%s::bigint[], %s::numeric[], %s::boolean[]) AS graded (id, fraction, needs_person)
WHERE response.id = graded.id
"""
CLOSE = """
UPDATE assessments_attempt AS attempt
SET state = closed.state, score = closed.score, passed = closed.passed, submitted_at = closed.submitted_at,
    check_at = NULL
FROM unnest(%s::bigint[], %s::varchar[], %s::numeric[], %s::boolean[], %s::timestamptz[])
    AS closed (id, state, score, passed, submitted_at)
WHERE attempt.id = closed.id
"""


class Answered(NamedTuple):
    """One response, as it is graded."""

    pk: int
    attempt_id: int
    version: QuestionVersion
    points: int
    given: Given


class Mark(NamedTuple):
    """What a response earns; without a fraction it `waits` for people, or is not marked at all."""

    pk: int
    points: int
    fraction: Decimal | None
    waits: bool


def hand_in(attempts: Sequence[Attempt], *, at: datetime) -> None:
    """Grade the open attempts with what was saved, and credit what is passed; some statements, however many they are.

    The caller holds each attempt and its enrolment locked, with its quiz and unit at hand. What people have to mark
    keeps an attempt waiting as submitted.
    """
    if not attempts:
        return
    marks = _graded(attempts)
    for attempt in attempts:
        _close(attempt, marks[attempt.pk], at)
    _write_attempts(attempts)
    graded([attempt.pk for attempt in attempts if attempt.state == State.GRADED], at)
    credit([attempt for attempt in attempts if attempt.state in {State.GRADED, State.PRACTISED}], at=at)


@transaction.atomic
def settle(attempt: Attempt, *, at: datetime) -> Attempt:
    """Score the attempt from its marks when none is missing; the same again for one whose marks were corrected.

    What a pass has brought stays, whatever a correction says, and so does a pass that a regrade has let stand.
    """
    rows = Attempt.objects.select_related("enrolment", "quiz__unit").select_for_update(of=["self", "enrolment"])
    found = rows.get(pk=attempt.pk)
    if found.state not in HANDED_IN:
        return found
    rows_of_it = found.responses.order_by().values_list("points", "fraction", "needs_person")
    marks = [(points, None if waits else fraction) for points, fraction, waits in rows_of_it]
    if any(fraction is None for _points, fraction in marks):
        return found
    _score(found, [(points, fraction or NONE) for points, fraction in marks])
    found.save(update_fields=["score", "passed", "state"])
    if found.state == State.GRADED:
        graded([found.pk], at)
    credit([found], at=at)
    return found


def credit(attempts: Sequence[Attempt], *, at: datetime) -> None:
    """What a pass brings: the unit is done; after the course's completion a better score may still earn something.

    Practice proves nothing: who has gone through it is through with its unit, as with one to read.
    """
    done = _passed([one for one in attempts if not one.enrolment.withdrawn_at])
    fresh = [one for one in done if one.enrolment.completed_at is None]
    complete_units([(one.enrolment_id, one.quiz.unit_id, one.submitted_at or at) for one in fresh])
    _improve([one for one in done if one.enrolment.completed_at is not None])
    passed([one for one in done if one.state == State.GRADED], at)


def _improve(attempts: Sequence[Attempt]) -> None:
    """Better scores of those who have completed the course; practice was never handed in."""
    better = [(one.enrolment_id, one.submitted_at) for one in attempts if one.submitted_at]
    if better:
        improved([enrolment for enrolment, _at in better], max(at for _enrolment, at in better))


def _passed(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Those whose person has passed by what the quiz counts, the attempt among it; one query where others count too."""
    beside = _beside([one for one in attempts if not _is_decisive(one)])
    return [
        one
        for one in attempts
        if (
            one.state == State.PRACTISED or bool(one.passed)
            if _is_decisive(one)
            else outcome_of(one.quiz, [*beside[one.enrolment_id, one.quiz_id], one]).passed
        )
    ]


def _is_decisive(attempt: Attempt) -> bool:
    """Whether its pass is the person's, whatever else was tried."""
    return attempt.state == State.PRACTISED or attempt.quiz.counts == Counts.BEST


def _beside(attempts: Sequence[Attempt]) -> Mapping[tuple[int, int], list[Attempt]]:
    """What else their people have handed in at the same quizzes, by enrolment and quiz."""
    found: defaultdict[tuple[int, int], list[Attempt]] = defaultdict(list)
    if attempts:
        others = Attempt.objects.handed_in().exclude(pk__in=[one.pk for one in attempts])
        enrolments, quizzes = {one.enrolment_id for one in attempts}, {one.quiz_id for one in attempts}
        for other in others.filter(enrolment__in=enrolments, quiz__in=quizzes):
            found[other.enrolment_id, other.quiz_id].append(other)
    return found


def _graded(attempts: Sequence[Attempt]) -> Mapping[int, list[Mark]]:
    """Mark every response, write the marks, and give them by attempt."""
    quizzes = {attempt.pk: attempt.quiz for attempt in attempts}
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    for row in _answers(quizzes):
        quiz = quizzes[row.attempt_id]
        worth = _worth(quiz, row)
        marks[row.attempt_id].append(Mark(row.pk, row.points, worth, worth is None and not quiz.practice))
    _write_marks([mark for some in marks.values() for mark in some])
    return marks


def _answers(attempt_ids: Iterable[int]) -> list[Answered]:
    columns = "pk", "attempt_id", "version_id", "points", "answer", "certainty", "tries", "checked", "fraction"
    rows: list[Any] = list(Response.objects.filter(attempt__in=list(attempt_ids)).order_by().values_list(*columns))
    versions = versions_of(row[2] for row in rows)
    return [Answered(row[0], row[1], versions[row[2]], row[3], Given(*row[4:])) for row in rows]


def _worth(quiz: Quiz, row: Answered) -> Decimal | None:
    """What the answer earns, None when people must say; nothing answered earns nothing, whoever would mark it."""
    raw = fraction(row.version.question.kind, row.version, row.given.answer)
    return None if raw is None else earned(quiz, row.given, raw)


def _close(attempt: Attempt, marks: Sequence[Mark], at: datetime) -> None:
    attempt.check_at = None
    if not attempt.quiz.practice:
        attempt.submitted_at = min(at, attempt.deadline) if attempt.deadline else at
    if any(mark.waits for mark in marks):
        attempt.state = State.SUBMITTED
    else:
        _score(attempt, [(mark.points, mark.fraction) for mark in marks if mark.fraction is not None])


def _score(attempt: Attempt, marks: Sequence[tuple[int, Decimal]]) -> None:
    kept, attempt.score = attempt.keeps_pass, percent(marks)
    if attempt.quiz.practice:
        attempt.state = State.PRACTISED
    else:
        attempt.state, attempt.passed = State.GRADED, kept or attempt.score >= attempt.pass_mark


def _write_marks(marks: Sequence[Mark]) -> None:
    columns: list[Any] = [
        [mark.pk for mark in marks],
        [mark.fraction for mark in marks],
        [mark.waits for mark in marks],
    ]
    with connection.cursor() as cursor:
        cursor.execute(GRADE, columns)


def _write_attempts(attempts: Sequence[Attempt]) -> None:
    columns: list[Any] = [
        [one.pk for one in attempts],
        [str(one.state) for one in attempts],
        [one.score for one in attempts],
        [one.passed for one in attempts],
        [one.submitted_at for one in attempts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, columns)
