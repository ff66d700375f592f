"""How far a mentee is with learning, for the people who guide him or her."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Avg, Count, OuterRef, Subquery

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
    """The person's state of learning on a day; two queries."""
    mine = Enrolment.objects.filter(person=OuterRef("pk")).order_by()
    marks = Attempt.objects.graded().filter(person=OuterRef("pk")).order_by().values("person")
    completed, overdue, mean, attempts = User.objects.values_list(
        Subquery(mine.completed().values("person").annotate(n=Count("pk")).values("n")),
        Subquery(mine.overdue(on).values("person").annotate(n=Count("pk")).values("n")),
        Subquery(marks.annotate(mean=Avg("score")).values("mean")),
        Subquery(marks.annotate(n=Count("pk")).values("n")),
    ).get(pk=person.pk)
    urgent = list(Enrolment.objects.filter(person=person).open().select_related("course").by_due_date()[:SHOWN])
    return Learning(urgent, completed or 0, overdue or 0, mean, attempts or 0)
