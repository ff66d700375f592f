"""What came of a drill: who has gone through it, and how each question goes now, against before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q

from assessments.practice.models import Drill, DrillPerson, DrillQuestion, Review
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


@dataclass(frozen=True)
class Line:
    """A question of the drill; `now` is the mean of the first answers in it, None while there is none."""

    asked: DrillQuestion
    now: float | None
    answers: int

    @property
    def before(self) -> float:
        return float(self.asked.before)

    @property
    def change(self) -> float | None:
        """In percentage points."""
        return None if self.now is None else 100 * (self.now - self.before)


@dataclass(frozen=True)
class DrillReport:
    """Of the people whose records the viewer sees; `right` and `before` are over the questions answered."""

    total: int
    done: int
    lines: list[Line]

    @property
    def answered(self) -> list[Line]:
        return [line for line in self.lines if line.now is not None]

    @property
    def right(self) -> float | None:
        answers = sum(line.answers for line in self.answered)
        return sum((line.now or 0) * line.answers for line in self.answered) / answers if answers else None

    @property
    def before(self) -> float | None:
        answers = sum(line.answers for line in self.answered)
        return sum(line.before * line.answers for line in self.answered) / answers if answers else None


def report_of(drill: Drill, viewer: User) -> DrillReport:
    """Three queries."""
    seen = DrillPerson.objects.filter(records_seen_by(viewer), drill=drill)
    people = seen.aggregate(total=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    now = _now(drill, viewer)
    asked = drill.questions.select_related("question__current")
    lines = [Line(one, *now.get(one.question_id, (None, 0))) for one in asked]
    return DrillReport(people["total"], people["done"], lines)


def _now(drill: Drill, viewer: User) -> dict[int, tuple[float, int]]:
    """The mean and the number of each person's first answers in the drill, by question."""
    first = Review.objects.filter(records_seen_by(viewer), drill=drill).order_by("card", "at", "pk").distinct("card")
    rows: Any = (
        Review.objects.filter(pk__in=first.values("pk"))
        .order_by()
        .values_list("card__question")
        .annotate(Avg("fraction"), Count("pk"))
    )
    return {question: (float(mean), number) for question, mean, number in rows}
