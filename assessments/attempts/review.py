"""What may be seen of an attempt, by whom and when. Every page and operation that shows one asks here."""

from datetime import datetime, timedelta

from assessments.attempts.models import Attempt, State
from assessments.overrides.terms import terms_for
from assessments.quizzes.models import Moment, Quiz, Thing
from trainingsite.people.models import User

RIGHT_AFTER = timedelta(minutes=10)
EVERYTHING = frozenset(Thing.values)
NOTHING: frozenset[str] = frozenset()


def reviewable(attempt: Attempt, quiz: Quiz, *, at: datetime, viewer: User) -> frozenset[str]:
    """The Things that `viewer` may see now.

    Who may see the attempts of others sees all of them, but nothing before they are over, and nothing of what is
    marked without names before it is graded: its page tells whose it is. One's own: what the quiz shows at this
    moment; what was practised shows everything.
    """
    if viewer.pk != attempt.person_id or attempt.is_open or quiz.practice:
        return _seen(attempt, quiz, None, at=at, viewer=viewer)
    return _seen(attempt, quiz, terms_for(quiz, viewer.pk, at=at).closes_at, at=at, viewer=viewer)


def _seen(attempt: Attempt, quiz: Quiz, closes_at: datetime | None, *, at: datetime, viewer: User) -> frozenset[str]:
    if viewer.pk != attempt.person_id:
        return NOTHING if attempt.is_open or (attempt.state == State.SUBMITTED and quiz.anonymous) else EVERYTHING
    if quiz.practice and not attempt.is_open:
        return EVERYTHING
    return frozenset(quiz.review.get(moment_of(attempt, closes_at, at=at).value) or ()) & EVERYTHING


def moment_of(attempt: Attempt, closes_at: datetime | None, *, at: datetime) -> Moment:
    """At which of the quiz's moments the attempt is looked at, when the quiz closes for its person at `closes_at`."""
    if attempt.is_open:
        return Moment.DURING
    if closes_at is not None and closes_at <= at:
        return Moment.CLOSED
    ended = attempt.submitted_at or attempt.deadline
    return Moment.AFTER if ended is not None and at < ended + RIGHT_AFTER else Moment.OPEN


def shown_of(
    attempts: list[Attempt], quiz: Quiz, *, closes_at: datetime | None, at: datetime, viewer: User
) -> list[Attempt]:
    """The attempts at one quiz, each with `see`: what `reviewable` says, for who knows when the quiz closes."""
    for attempt in attempts:
        attempt.see = _seen(attempt, quiz, closes_at, at=at, viewer=viewer)
    return attempts
