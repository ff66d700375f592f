"""Which of several attempts at a quiz count, and with what result."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, DecimalField, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from assessments.attempts.models import Attempt, State
from assessments.quizzes.models import Counts, Quiz

PERCENT = Decimal("0.01")


@dataclass(frozen=True)
class Outcome:
    """The result of a person at a quiz; without a graded attempt there is no score, and nothing is passed."""

    attempts: tuple[Attempt, ...]
    score: Decimal | None
    passed: bool


def counting(quiz: Quiz, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Those of one person's attempts at the quiz that count, by their number; what is not graded never does."""
    graded = sorted((one for one in attempts if one.state == State.GRADED), key=lambda one: one.number)
    if not graded or quiz.counts == Counts.AVERAGE:
        return graded
    if quiz.counts == Counts.BEST:
        return [max(graded, key=lambda one: one.score or Decimal(0))]
    return [graded[0] if quiz.counts == Counts.FIRST else graded[-1]]


def outcome_of(quiz: Quiz, attempts: Iterable[Attempt]) -> Outcome:
    """Score and pass of the attempts that count; an average is held against the pass mark of the last one."""
    found = counting(quiz, attempts)
    scores = [one.score for one in found if one.score is not None]
    if not scores:
        return Outcome((), None, passed=False)
    score = (sum(scores, Decimal(0)) / len(scores)).quantize(PERCENT, ROUND_HALF_UP)
    return Outcome(tuple(found), score, passed=score >= found[-1].pass_mark)


def only_counting(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Those attempts that count, of whatever people and quizzes; where the average counts, all of them."""
    order = Case(
        When(quiz__counts=Counts.LAST, then=-F("number")),
        When(quiz__counts=Counts.BEST, then=-F("score")),
        default=F("number"),
        output_field=DecimalField(),
    )
    rank = Window(RowNumber(), partition_by=["enrolment", "quiz"], order_by=[order, "number"])
    ranked = attempts.filter(state=State.GRADED).annotate(counting_rank=rank)
    return ranked.filter(Q(counting_rank=1) | Q(quiz__counts=Counts.AVERAGE))
