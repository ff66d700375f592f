"""What newcomers' ramp-up is reckoned from: the readings in force of metrics that other systems measure of people.

The first contact with a customer is the first day with a reading, of any such metric, since the person was hired. Only
newcomers count: the first contact came within 180 days of the hiring (who moves to the customer desk after years
elsewhere knows the company), and later than two weeks after the readings of the whole company begin (of those who were
measured from the very beginning nobody knows since when they had talked to customers).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Subquery

from analytics.metrics.models import Direction, Metric, Unit
from analytics.readings.models import Reading
from mentoring.ramp.figures import DayFigure, Kpi
from trainingsite.people.models import User

NEWCOMER = timedelta(days=180)
MARGIN = timedelta(days=14)

DAILY = """
SELECT r.person_id, m.code, r.day - f.first + 1, r.numerator::float8, r.denominator::float8
FROM unnest(%(people)s::bigint[], %(firsts)s::date[]) AS f(person, first)
JOIN analytics_reading r ON r.person_id = f.person AND r.day >= f.first AND r.day < f.first + %(days)s
JOIN analytics_metric m ON m.id = r.metric_id
WHERE r.superseded_at IS NULL AND m.code = ANY(%(codes)s)
ORDER BY r.person_id, m.code, r.day
"""


def kpis() -> list[Kpi]:
    """The metrics whose readings come from other systems, in their order."""
    return [
        Kpi(
            code=metric.code,
            label=str(metric),
            unit=str(metric.get_unit_display()),
            decimals=2 if metric.unit == Unit.PERCENT else 1,
            lower_is_better=metric.direction == Direction.LOWER,
            scale=metric.scale,
        )
        for metric in Metric.objects.measured()
    ]


def first_contacts(since: date) -> dict[int, date]:
    """The newcomers whose first contact with a customer was on the day or later. Two queries."""
    readings = Reading.objects.in_force().filter(person__isnull=False)
    begin = readings.order_by("day").values_list("day", flat=True).first()
    if begin is None:
        return {}
    mine = readings.filter(person=OuterRef("pk"), day__gte=OuterRef("hired_on")).order_by("day").values("day")[:1]
    people = User.objects.people().filter(hired_on__gte=since - NEWCOMER).annotate(first=Subquery(mine))
    found = people.filter(first__gte=max(since, begin + MARGIN), first__lte=F("hired_on") + NEWCOMER)
    return dict(found.values_list("pk", "first"))


def daily(codes: Sequence[str], firsts: Mapping[int, date], days: int) -> Iterator[DayFigure]:
    """Days 1 to `days` of these people, in one query; whoever has many people asks for them in batches."""
    asked: dict[str, Any] = {
        "people": list(firsts),
        "firsts": list(firsts.values()),
        "days": days,
        "codes": list(codes),
    }
    with connection.cursor() as cursor:
        cursor.execute(DAILY, asked)
        yield from map(DayFigure._make, cursor)
