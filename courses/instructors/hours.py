"""How long instructors have taught and what it cost, by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from courses.instructors.models import Instructor
from courses.sessions.models import Teaching

WHO = {"inside": Q(instructor__person__isnull=False), "outside": Q(instructor__person=None)}


@dataclass(frozen=True)
class Hours:
    """What an instructor taught in a month: sessions, minutes, yuan (None when nobody knows what an hour costs)."""

    instructor: Instructor
    month: date
    sessions: int
    minutes: int
    cost: Decimal | None


def hours_by_month(
    first: date,
    last: date,
    *,
    who: str = "",
    instructor: Instructor | None = None,
    until: datetime | None = None,
    after: datetime | None = None,
) -> list[Hours]:
    """The standing sessions of these days, the newest month first; two queries whatever the number of sessions.

    Only those that are over `until` a moment, or only those that end `after` it.
    """
    found = Teaching.objects.filter(session__cancelled_at=None, session__starts_at__date__range=(first, last))
    found = found.filter(WHO.get(who, Q()))
    found = found.filter(session__ends_at__lte=until) if until else found
    found = found.filter(session__ends_at__gt=after) if after else found
    if instructor:
        found = found.filter(instructor=instructor)
    months = found.annotate(month=TruncMonth("session__starts_at")).values_list("instructor_id", "month")
    rows = months.annotate(n=Count("pk"), minutes=Sum("minutes"), cost=Sum("cost")).order_by("-month")
    people = {each.pk: each for each in Instructor.objects.select_related("person").filter(pk__in={r[0] for r in rows})}
    made = [Hours(people[pk], month.date(), n, minutes, cost) for pk, month, n, minutes, cost in rows]
    return sorted(made, key=lambda row: (-row.month.toordinal(), -row.minutes, row.instructor.pk))


def total(rows: Sequence[Hours]) -> tuple[int, int, Decimal]:
    """Sessions given, minutes and yuan of all of them."""
    cost = sum((row.cost for row in rows if row.cost is not None), Decimal(0))
    return sum(row.sessions for row in rows), sum(row.minutes for row in rows), cost
