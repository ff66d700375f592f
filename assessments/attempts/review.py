"""What may be seen of an attempt, by whom and when. Every page and operation that shows one asks here."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from assessments.attempts.models import Attempt, State
from assessments.attempts.rights import ended
from assessments.overrides.terms import Terms, terms_at
from assessments.quizzes.models import Moment, Quiz, Thing
from trainingsite.people.models import User

RIGHT_AFTER = timedelta(minutes=10)
EVERYTHING = frozenset(Thing.values)
NOTHING: frozenset[str] = frozenset()
Terming = Mapping[int, Terms]


def reviewable(
    attempt: Attempt, quiz: Quiz, *, at: datetime, viewer: User, terms: Terms | None = None
) -> frozenset[str]:
    """The Things that `viewer` may see now; `terms` are the person's at the quiz, if they are known already.

    Who may see the attempts of others sees all of them, but nothing before they are over, and nothing of what is
    marked without names before it is graded: its page tells whose it is. One's own: what the quiz shows at this
    moment; what was practised shows everything.
    """
    attempt.quiz = quiz
    return seen_of([attempt], at=at, viewer=viewer, terms={quiz.pk: terms} if terms else None)[attempt.pk]


def seen_of(
    attempts: Sequence[Attempt], *, at: datetime, viewer: User, terms: Terming | None = None
) -> dict[int, frozenset[str]]:
    """The same for several attempts, each with its quiz at hand, by attempt; three queries at most."""
    own = [one for one in attempts if one.person_id == viewer.pk and not one.is_open and not one.quiz.practice]
    known = terms if terms is not None or not own else terms_at({one.quiz for one in own}, viewer.pk, at=at)
    found = {one.pk: _seen(one, known or {}, at, viewer) for one in attempts}
    asked = [one for one in own if not _things(one.quiz, Moment.DONE) <= found[one.pk]]
    over = ended(asked, known or {}) if asked else set()
    in_the_end = (one for one in asked if (one.enrolment_id, one.quiz_id) in over)
    return found | {one.pk: found[one.pk] | _things(one.quiz, Moment.DONE) for one in in_the_end}


def _seen(attempt: Attempt, terms: Terming, at: datetime, viewer: User) -> frozenset[str]:
    """What the moment shows, before it is asked whether there is anything left to try."""
    quiz = attempt.quiz
    if viewer.pk != attempt.person_id:
        return NOTHING if attempt.is_open or (attempt.state == State.SUBMITTED and quiz.anonymous) else EVERYTHING
    if quiz.practice and not attempt.is_open:
        return EVERYTHING
    closes_at = terms[quiz.pk].closes_at if quiz.pk in terms else None
    return _things(quiz, moment_of(attempt, closes_at, at=at))


def _things(quiz: Quiz, moment: Moment) -> frozenset[str]:
    return frozenset(quiz.review.get(moment.value) or ()) & EVERYTHING


def moment_of(attempt: Attempt, closes_at: datetime | None, *, at: datetime) -> Moment:
    """At which of the quiz's moments the attempt is looked at, when the quiz closes for its person at `closes_at`."""
    if attempt.is_open:
        return Moment.DURING
    if closes_at is not None and closes_at <= at:
        return Moment.CLOSED
    ended_at = attempt.submitted_at or attempt.deadline
    return Moment.AFTER if ended_at is not None and at < ended_at + RIGHT_AFTER else Moment.OPEN


def comes_later(attempt: Attempt, see: frozenset[str]) -> bool:
    """Whether its person sees more of it when there is nothing left to try."""
    return not attempt.is_open and not attempt.quiz.practice and not _things(attempt.quiz, Moment.DONE) <= see


def shown_of(attempts: list[Attempt], quiz: Quiz, *, terms: Terms, at: datetime, viewer: User) -> list[Attempt]:
    """The attempts at one quiz, each with `see`: what `reviewable` says, for who knows the terms."""
    for attempt in attempts:
        attempt.quiz = quiz
    see = seen_of(attempts, at=at, viewer=viewer, terms={quiz.pk: terms})
    for attempt in attempts:
        attempt.see = see[attempt.pk]
    return attempts
