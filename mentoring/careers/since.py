"""Since when people have held their present job, from the record of changes that the database keeps of them."""

from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import OuterRef, Subquery

from trainingsite.core.days import company_day
from trainingsite.people.models import User

YEAR = 12  # months


def with_beginnings(people: Any) -> Any:
    """Each with `position_began` and `grade_began`: when the last other one ended, None if there was none on record."""
    events = User.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"))  # type: ignore[attr-defined]  # by tracked()
    elsewhere = events.exclude(position=OuterRef("position"))
    otherwise = events.exclude(position=OuterRef("position"), grade=OuterRef("grade"))
    last = {
        name: Subquery(rows.order_by("-pgh_id").values("pgh_id")[:1])
        for name, rows in [("last_elsewhere", elsewhere), ("last_otherwise", otherwise)]
    }
    after = {
        name: Subquery(events.filter(pgh_id__gt=OuterRef(other)).order_by("pgh_id").values("pgh_created_at")[:1])
        for name, other in [("position_began", "last_elsewhere"), ("grade_began", "last_otherwise")]
    }
    return people.annotate(**last).annotate(**after)


def begun_on(person: User, *, grade: bool) -> date:
    """The first day in the present position, or at the present grade of it; of people `with_beginnings`.

    Who has had no other job here on record has had it since the hiring.
    """
    began: datetime | None = person.grade_began if grade else person.position_began  # type: ignore[attr-defined]
    if began is not None:
        return company_day(began)
    return person.hired_on or company_day(person.created_at)


def months_between(begin: date, on: date) -> int:
    """Whole months from the one day to the other."""
    gone = relativedelta(on, begin)
    return max(gone.years * YEAR + gone.months, 0)
