"""When the time of an attempt ends, and what the clock does then."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from assessments.attempts.grading import hand_in
from assessments.attempts.models import OPEN, Attempt, State
from assessments.overrides.terms import Terms, terms_of
from assessments.quizzes.models import Quiz, TimeEnds

BATCH = 50
logger = logging.getLogger(__name__)


def deadline_for(quiz: Quiz, terms: Terms, started_at: datetime) -> datetime | None:
    """When the time ends for who starts at this moment: the limit or the close, whichever is earlier.

    Practice has all the time until the quiz closes.
    """
    limit = None if quiz.practice else terms.time_limit_minutes
    ends = [started_at + timedelta(minutes=limit)] if limit else []
    return min([*ends, terms.closes_at] if terms.closes_at else ends, default=None)


def time_over(attempt: Attempt, *, at: datetime) -> Attempt:
    """What the quiz wants at the moment that the attempt waits for; the attempt is locked by the caller.

    Before that moment nothing changes, so that two workers and two clicks do it once.
    """
    if not attempt.is_open or attempt.check_at is None or attempt.check_at > at:
        return attempt
    quiz = attempt.quiz
    if quiz.practice or quiz.when_time_ends == TimeEnds.SUBMIT:
        hand_in([attempt], at=at)
        return attempt
    if quiz.when_time_ends == TimeEnds.GRACE and attempt.state == State.IN_PROGRESS:
        attempt.state, attempt.check_at = State.OVERDUE, grace_ends(quiz, attempt.check_at)
    if attempt.check_at <= at:
        attempt.state, attempt.check_at = State.ABANDONED, None
    attempt.save(update_fields=["state", "check_at"])
    return attempt


def grace_ends(quiz: Quiz, deadline: datetime) -> datetime:
    """Until when an overdue attempt can be handed in."""
    return deadline if quiz.when_time_ends == TimeEnds.ABANDON else deadline + timedelta(minutes=quiz.grace_minutes)


def sweep(*, at: datetime) -> int:
    """Do what is due, some attempts a transaction; returns how many.

    What another worker holds is left to it. Where a transaction fails, its attempts are tried one by one, so that one
    that can't be graded holds up nobody.
    """
    done, after = 0, (datetime.min.replace(tzinfo=at.tzinfo), 0)
    while due := _due(at, after):
        ids, after = [pk for pk, _moment in due], (due[-1][1], due[-1][0])
        try:
            done += _check(ids, at)
        except Exception:  # noqa: BLE001 - logged when they are tried one by one
            done += sum(_check_alone(pk, at) for pk in ids)
        if len(due) < BATCH:
            break
    return done


def _due(at: datetime, after: tuple[datetime, int]) -> list[tuple[int, datetime]]:
    """The next attempts to check, the longest due first."""
    rows = Attempt.objects.to_check(at).after(*after).order_by("check_at", "pk")
    return [(pk, moment) for pk, moment in rows.values_list("pk", "check_at")[:BATCH] if moment]


def _check_alone(pk: int, at: datetime) -> int:
    try:
        return _check([pk], at)
    except Exception:
        logger.exception("attempt %s could not be checked", pk)
        return 0


@transaction.atomic
def _check(ids: list[int], at: datetime) -> int:
    """Enrolments are locked with their attempts, since handing in may complete them; nobody is waited for."""
    locked = Attempt.objects.filter(pk__in=ids, state__in=OPEN, check_at__lte=at).select_related(
        "enrolment", "quiz__unit"
    )
    found = list(locked.select_for_update(of=["self", "enrolment"], skip_locked=True))
    ready = [one for one in found if one.quiz.practice or one.quiz.when_time_ends == TimeEnds.SUBMIT]
    hand_in(ready, at=at)
    for attempt in found:
        if attempt.is_open:
            time_over(attempt, at=at)
    return len(found)


@transaction.atomic
def retime(quiz: Quiz, *, at: datetime, people: Collection[int] | None = None) -> int:
    """Give the open attempts the deadline of today's terms; returns how many changed.

    Whoever is overdue and has time again goes on. What has ended stays as it is.
    """
    mine = Attempt.objects.filter(quiz=quiz, state__in=OPEN)
    mine = mine if people is None else mine.filter(person__in=people)
    changed = 0
    locked = list(mine.order_by("pk").select_for_update())
    terms = terms_of(quiz, {attempt.person_id for attempt in locked}, at=at)
    for attempt in locked:
        deadline = deadline_for(quiz, terms[attempt.person_id], attempt.started_at)
        if deadline != attempt.deadline:
            _move(attempt, quiz, deadline, at)
            changed += 1
    return changed


def _move(attempt: Attempt, quiz: Quiz, deadline: datetime | None, at: datetime) -> None:
    attempt.deadline = attempt.check_at = deadline
    if deadline is None or deadline > at:
        attempt.state = State.IN_PROGRESS
    elif attempt.state == State.OVERDUE:
        attempt.check_at = grace_ends(quiz, deadline)
    attempt.save(update_fields=["deadline", "check_at", "state"])
