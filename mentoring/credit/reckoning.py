"""A mentor's credit (带教贡献): hours of talks and of tasks that both signed, points for mentees guided to the goal.

Minutes of a talk are those that the mentor noted; minutes of a task belong to the mentor who signed it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from assessments.points.models import PointEntry
from mentoring.checkins.models import CheckIn
from mentoring.job_plans.models import JobTask
from mentoring.pairings.models import Pairing
from mentoring.pairings.points import GUIDED
from trainingsite.core.days import end_of, start_of
from trainingsite.people.models import User

NO_POINTS = Decimal(0)
MONTHS = 12
HOUR = 60


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both among them."""

    first: date
    last: date


@dataclass
class Credit:
    """What a mentor did, for one mentee or for all; `mentee` is None where it is for all."""

    mentee: User | None = None
    checkins: int = 0
    checkin_minutes: int = 0
    tasks: int = 0
    task_minutes: int = 0
    points: Decimal = field(default=NO_POINTS)

    @property
    def minutes(self) -> int:
        return self.checkin_minutes + self.task_minutes


def _talks(period: Period) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(held_on__range=(period.first, period.last))


def _tasks(period: Period) -> QuerySet[JobTask]:
    return JobTask.objects.filter(done_on__range=(period.first, period.last))


def _points(period: Period) -> QuerySet[PointEntry]:
    moments = (start_of(period.first), end_of(period.last))
    return PointEntry.objects.filter(event=GUIDED, at__range=moments)


def with_credit(people: QuerySet[User], period: Period) -> Any:
    """Adds what `Credit` holds, over all mentees, and `minutes`; keeps those who have any."""
    talks, tasks, points = _talks(period), _tasks(period), _points(period)
    rows: Any = people.annotate(
        checkins=_one(talks, "pairing__mentor", Count("pk")),
        checkin_minutes=_one(talks, "pairing__mentor", Sum("minutes")),
        tasks=_one(tasks, "mentor", Count("pk")),
        task_minutes=_one(tasks, "mentor", Sum("minutes")),
        points=_one(points, "person", Sum("points"), NO_POINTS, DecimalField(max_digits=10, decimal_places=2)),
    ).annotate(minutes=F("checkin_minutes") + F("task_minutes"))
    return rows.filter(Q(checkins__gt=0) | Q(tasks__gt=0) | ~Q(points=0))


def _one(rows: QuerySet[Any], owner: str, value: Any, nothing: Any = 0, kind: Any = None) -> Coalesce:
    """The value over the person's own rows."""
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(mine.annotate(one=value).values("one")), nothing, output_field=kind)


def totals(credited: Any) -> dict[str, Any]:
    """The sums over the people of `with_credit`, in one query: `mentors`, `checkins`, `tasks`, `minutes`, `points`."""
    names = ("checkins", "tasks", "minutes", "points")
    found: dict[str, Any] = credited.order_by().aggregate(
        mentors=Count("pk"), **{f"all_{name}": Sum(name) for name in names}
    )
    return {"mentors": found["mentors"], **{name: found[f"all_{name}"] or 0 for name in names}}


def hours(minutes: int) -> float:
    """90 → 1.5, as tiles, charts and payroll show it."""
    return round(minutes / HOUR, 2)


def by_mentee(mentor_ids: Collection[int], period: Period) -> dict[int, list[Credit]]:
    """Of each mentor the credit for each mentee, the one with most minutes first; a fixed number of queries."""
    kept: dict[tuple[int, int], Credit] = defaultdict(Credit)
    for mentor, mentee, number, minutes in _summed(_talks(period), "pairing__mentor", "pairing__mentee", mentor_ids):
        credit = kept[mentor, mentee]
        credit.checkins, credit.checkin_minutes = number, minutes
    for mentor, mentee, number, minutes in _summed(_tasks(period), "mentor", "plan__mentee", mentor_ids):
        credit = kept[mentor, mentee]
        credit.tasks, credit.task_minutes = number, minutes
    for mentor, mentee, points in _pointed(period, mentor_ids):
        kept[mentor, mentee].points += points
    return _named(kept)


def _summed(rows: Any, mentor: str, mentee: str, mentor_ids: Collection[int]) -> Iterable[tuple[int, int, int, int]]:
    found = rows.filter(**{f"{mentor}__in": mentor_ids}).order_by().values_list(mentor, mentee)
    sums: Iterable[tuple[int, int, int, int]] = found.annotate(n=Count("pk"), m=Coalesce(Sum("minutes"), 0))
    return sums


def _pointed(period: Period, mentor_ids: Collection[int]) -> Iterable[tuple[int, int, Decimal]]:
    """The key of such an entry is its pairing, which knows the mentee."""
    entries = list(_points(period).filter(person__in=mentor_ids).values_list("person", "key", "points"))
    keys = {int(key) for _person, key, _points in entries}
    mentees = dict(Pairing.objects.filter(pk__in=keys).values_list("pk", "mentee")) if keys else {}
    return ((person, mentees[int(key)], points) for person, key, points in entries if int(key) in mentees)


def _named(kept: dict[tuple[int, int], Credit]) -> dict[int, list[Credit]]:
    people = User.objects.select_related("department").in_bulk({mentee for _mentor, mentee in kept})
    found: dict[int, list[Credit]] = defaultdict(list)
    for (mentor, mentee), credit in kept.items():
        credit.mentee = people[mentee]
        found[mentor].append(credit)
    for theirs in found.values():
        theirs.sort(key=lambda credit: (-credit.minutes, credit.mentee.sort_key if credit.mentee else ""))
    return dict(found)


def summed(rows: Iterable[Credit]) -> Credit:
    """All of them as one."""
    every = Credit()
    for credit in rows:
        every.checkins += credit.checkins
        every.checkin_minutes += credit.checkin_minutes
        every.tasks += credit.tasks
        every.task_minutes += credit.task_minutes
        every.points += credit.points
    return every


@dataclass(frozen=True)
class Month:
    """The minutes of a month."""

    first: date
    checkin_minutes: int
    task_minutes: int


def by_month(mentor: User, *, on: date, months: int = MONTHS) -> list[Month]:
    """The last months of a mentor, that of `on` the last; those without anything too."""
    firsts = [month_before(on, back) for back in range(months - 1, -1, -1)]
    period = Period(firsts[0], on)
    talks = _monthly(_talks(period).filter(pairing__mentor=mentor), "held_on")
    tasks = _monthly(_tasks(period).filter(mentor=mentor), "done_on")
    return [Month(first, talks.get(first, 0), tasks.get(first, 0)) for first in firsts]


def _monthly(rows: Any, day: str) -> dict[date, int]:
    found = rows.order_by().annotate(month=TruncMonth(day)).values_list("month")
    return dict(found.annotate(m=Coalesce(Sum("minutes"), 0)).values_list("month", "m"))


def month_before(day: date, back: int) -> date:
    """The first day of the month that lies so many months back."""
    years, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(years, month + 1, 1)


def spans(on: date) -> dict[str, Period]:
    """Periods that payroll asks for, by name."""
    this, last = month_before(on, 0), month_before(on, 1)
    return {
        "month": Period(this, on),
        "last_month": Period(last, this - timedelta(days=1)),
        "quarter": Period(month_before(on, (on.month - 1) % 3), on),
        "year": Period(month_before(on, MONTHS - 1), on),
    }
