"""What may be seen of an attempt, by whom and when. Every page and operation that shows one asks here."""

from datetime import datetime, timedelta

from assessments.attempts.models import Attempt
from assessments.overrides.terms import terms_for
from assessments.quizzes.models import Moment, Quiz, Thing
from trainingsite.people.models import User

RIGHT_AFTER = timedelta(minutes=10)
EVERYTHING = frozenset(Thing.values)
NOTHING: frozenset[str] = frozenset()


def reviewable(attempt: Attempt, quiz: Quiz, *, at: datetime, viewer: User) -> frozenset[str]:
    """The Things that `viewer` may see now.

    Who may see the attempts of others sees all of them, but nothing before they are over. One's own: what the quiz
    shows at this moment; what was practised shows everything.
    """
    if viewer.pk != attempt.person_id:
        return NOTHING if attempt.is_open else EVERYTHING
    if attempt.is_open:
        return _shown(quiz, Moment.DURING)
    if quiz.practice:
        return EVERYTHING
    closes_at = terms_for(quiz, attempt.person_id, at=at).closes_at
    return _shown(quiz, moment_of(attempt, closes_at, at=at))


def moment_of(attempt: Attempt, closes_at: datetime | None, *, at: datetime) -> Moment:
    """At which of the quiz's moments the attempt is looked at, when the quiz closes for its person at `closes_at`."""
    if attempt.is_open:
        return Moment.DURING
    if closes_at is not None and closes_at <= at:
        return Moment.CLOSED
    ended = attempt.submitted_at or attempt.deadline
    return Moment.AFTER if ended is not None and at < ended + RIGHT_AFTER else Moment.OPEN


def shown_of(attempts: list[Attempt], quiz: Quiz, *, at: datetime, viewer: User) -> list[Attempt]:
    """The attempts of one person at one quiz, each with `see`; the same answer as `reviewable`, in one query."""
    closes_at = None
    if attempts and viewer.pk == attempts[0].person_id:
        closes_at = terms_for(quiz, viewer.pk, at=at).closes_at
    for attempt in attempts:
        attempt.see = _see(attempt, quiz, closes_at, at=at, viewer=viewer)  # type: ignore[attr-defined]  # for pages
    return attempts


def _see(attempt: Attempt, quiz: Quiz, closes_at: datetime | None, *, at: datetime, viewer: User) -> frozenset[str]:
    if viewer.pk != attempt.person_id:
        return NOTHING if attempt.is_open else EVERYTHING
    if quiz.practice and not attempt.is_open:
        return EVERYTHING
    return _shown(quiz, moment_of(attempt, closes_at, at=at))


def _shown(quiz: Quiz, moment: Moment) -> frozenset[str]:
    return frozenset(quiz.review.get(moment.value) or ()) & EVERYTHING
