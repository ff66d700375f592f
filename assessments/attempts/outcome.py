"""Which of several attempts at a quiz count, and with what result."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.attempts.models import HANDED_IN, Attempt, State
from assessments.quizzes.models import Counts, Quiz

PERCENT = Decimal("0.01")


@dataclass(frozen=True)
class Outcome:
    """The result of a person at a quiz; without a graded attempt there is no score, and nothing is passed."""

    attempts: tuple[Attempt, ...]
    score: Decimal | None
    passed: bool


def counting(quiz: Quiz, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Those of one person's attempts at the quiz that count, by their number; what is not graded never does.

    Where the first counts, it is the first that was handed in: while people have to mark it, none counts instead.
    """
    handed_in = sorted((one for one in attempts if one.state in HANDED_IN), key=lambda one: one.number)
    chosen = handed_in[:1] if quiz.counts == Counts.FIRST else handed_in
    graded = [one for one in chosen if one.state == State.GRADED]
    if quiz.counts == Counts.BEST:
        return sorted(graded, key=lambda one: -(one.score or Decimal(0)))[:1]
    return graded[-1:] if quiz.counts == Counts.LAST else graded


def outcome_of(quiz: Quiz, attempts: Iterable[Attempt]) -> Outcome:
    """Score and pass of the attempts that count; an average is held against the pass mark of the last one.

    A pass that a regrade has let stand stays one, whatever the score.
    """
    every = list(attempts)
    found = counting(quiz, every)
    scores = [one.score for one in found if one.score is not None]
    if not scores:
        return Outcome((), None, passed=False)
    score = (sum(scores, Decimal(0)) / len(scores)).quantize(PERCENT, ROUND_HALF_UP)
    if quiz.counts == Counts.AVERAGE:
        return Outcome(tuple(found), score, passed=score >= found[-1].pass_mark)
    decisive = every if quiz.counts == Counts.BEST else found
    return Outcome(tuple(found), score, passed=any(one.passed for one in decisive))
