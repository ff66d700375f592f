"""Scores that their own person is not told yet: those of attempts at a quiz that keeps its marks back.

A quiz says at which moments an attempt shows its marks, and a group's or the person's terms move those moments; the
page of the attempt goes by that, and so does a piece of evidence. Such a piece is recorded and counts from the start:
the level may give away how the attempt went, and so may the points for a level, while score, share and the sum are
kept back. Who looks after others sees all of it, as on the page of the attempt; so do the lists for other systems,
which trainees do not read.
"""

from collections.abc import Collection
from datetime import datetime

from assessments.attempts.models import Attempt
from assessments.attempts.review import seen_of
from assessments.quizzes.models import Moment, Quiz, Thing
from assessments.ratings.models import MARK, Evidence
from trainingsite.people.models import User

OF_ATTEMPTS = "attempt:"  # how their keys begin
OVER = [moment.value for moment in Moment if moment != Moment.DURING]


def withheld(evidence: Collection[Evidence], viewer: User, *, at: datetime) -> set[int]:
    """The ids of those whose score the viewer is not told at the moment; at most four queries.

    None when nothing of it is the viewer's own from a quiz, one while every quiz tells marks at once and for good.
    """
    own = {one.pk: _attempt(one) for one in evidence if one.person_id == viewer.pk and one.key.startswith(OF_ATTEMPTS)}
    if not own:
        return set()
    attempts = Attempt.objects.filter(pk__in=own.values(), person=viewer).select_related("quiz")
    see = seen_of([one for one in attempts if _may_withhold(one.quiz)], at=at, viewer=viewer)
    silent = {pk for pk, things in see.items() if Thing.MARKS.value not in things}
    return {pk for pk, attempt in own.items() if attempt in silent}


def _attempt(evidence: Evidence) -> int:
    """The attempt in a key such as "attempt:3#2"."""
    return int(evidence.key.removeprefix(OF_ATTEMPTS).partition(MARK)[0])


def _may_withhold(quiz: Quiz) -> bool:
    return not all(Thing.MARKS.value in (quiz.review.get(moment) or ()) for moment in OVER)
