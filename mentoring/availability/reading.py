"""Who is away on which days: what HR and mentors note here, and the leave that the HR system sends, count alike.

A leave counts for each of its days; one that is shorter than half a day of work keeps nobody away.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, TruncDate

from courses.planning.models import BusyKind, BusyTime
from mentoring.availability.models import Away
from trainingsite.core.days import MOMENT, end_of, start_of

HALF_A_DAY = timedelta(hours=4)

Spans = dict[int, list[tuple[date, date]]]  # person → first and last day of each time away


def away(person: str, *, on: date) -> Q:
    """Whether whom the field names is away on the day; for annotations and filters."""
    mine = {"person": OuterRef(person)}
    return Exists(Away.objects.on(on).filter(**mine)) | Exists(_leave(on, on).filter(**mine))


def away_until(person: str, *, on: date) -> Combinable:
    """The last day of the time away that the day is in; null for whoever is there."""
    noted = Away.objects.on(on).filter(person=OuterRef(person)).values("last_day")[:1]
    sent = _leave(on, on).filter(person=OuterRef(person)).order_by("-last")
    return Greatest(Subquery(noted), Subquery(sent.values("last")[:1]))


def is_away(person_id: int, *, on: date) -> bool:
    """The same for one person."""
    return person_id in spans_away([person_id], on, on)


def spans_away(people: Iterable[int], first: date, last: date) -> Spans:
    """When these people are away between two days, both included; one query."""
    mine = {"person__in": set(people)}
    noted = Away.objects.filter(**mine, first_day__lte=last, last_day__gte=first).order_by()
    sent = _leave(first, last).filter(**mine).order_by()
    rows = noted.values_list("person_id", "first_day", "last_day").union(
        sent.values_list("person_id", "first", "last"), all=True
    )
    spans: Spans = {}
    for person, begin, end in rows:
        spans.setdefault(person, []).append((begin, end))
    return spans


def _leave(first: date, last: date) -> Any:
    """Leave of half a day or more that touches these days, with its `first` and `last` day in the company."""
    zone = start_of(first).tzinfo
    begin, end = F("period__startswith"), F("period__endswith")
    rows = BusyTime.objects.during(start_of(first), end_of(last)).filter(kind=BusyKind.LEAVE)
    lasting = rows.annotate(first=TruncDate(begin, tzinfo=zone), last=TruncDate(end - Value(MOMENT), tzinfo=zone))
    return lasting.filter(period__endswith__gte=begin + Value(HALF_A_DAY))
