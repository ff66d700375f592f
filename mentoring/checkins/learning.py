"""How far a mentee is with learning, for the people who guide him or her."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Avg, Count, Q

from assessments.models import Attempt
from courses.models import Enrolment
from trainingsite.people.models import User

SHOWN = 6


@dataclass(frozen=True)
class Learning:
    """`open` are the most urgent courses; `mean_score` is in percent, over all graded attempts."""

    open: list[Enrolment]
    completed: int
    overdue: int
    mean_score: Decimal | None
    attempts: int


def learning_of(person: User, *, on: date) -> Learning:
    """The person's state of learning on a day; three queries."""
    mine = Enrolment.objects.filter(person=person)
    numbers = mine.aggregate(
        completed=Count("pk", filter=Q(completed_at__isnull=False)),
        overdue=Count("pk", filter=Q(completed_at=None, withdrawn_at=None, due_on__lt=on)),
    )
    marks = Attempt.objects.graded().filter(person=person).aggregate(mean=Avg("score"), n=Count("pk"))
    urgent = list(mine.open().select_related("course").by_due_date()[:SHOWN])
    return Learning(urgent, numbers["completed"], numbers["overdue"], marks["mean"], marks["n"])
