"""Read the monthly figures: a fixed number of queries for any part of the organisation and any span of months."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import connection

from analytics.rollups.counting import COUNTED, MONTHS, SUMS
from courses.models import Topic

Paths = Sequence[str] | None


@dataclass(frozen=True)
class Span:
    """Months from `first` to `last`, both given by their first day; `since` begins the months shown before them."""

    since: date
    first: date
    last: date


@dataclass(frozen=True)
class Sums:
    """Sums that can be added."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Learning(Sums):
    """Counts of learning; `rollups.counting` says what each counts."""

    due: int = 0
    completed: int = 0
    tests: int = 0
    first_passed: int = 0
    passed: int = 0
    score: Decimal = Decimal(0)
    trained: int = 0

    @property
    def overdue(self) -> int:
        return self.due - self.completed


@dataclass(frozen=True)
class Measured(Sums):
    """Summed readings of one metric."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    sample_size: int = 0


@dataclass(frozen=True)
class TopicName:
    id: int
    position: int
    name: str


@dataclass
class LearningFigures:
    """`by_month` holds topic by topic every month since the span's beginning, the others the span alone."""

    by_month: dict[date, dict[int, Learning]] = field(default_factory=lambda: defaultdict(dict))
    by_topic: dict[int, Learning] = field(default_factory=lambda: defaultdict(Learning))
    by_department: dict[int | None, Learning] = field(default_factory=lambda: defaultdict(Learning))
    topics: dict[int, TopicName] = field(default_factory=dict)
    fresh_at: datetime | None = None

    def of(self, months: Iterable[date]) -> Learning:
        """The sum over the months."""
        return sum((row for month in months for row in self.by_month.get(month, {}).values()), Learning())


@dataclass
class MeasuredFigures:
    by_month: dict[int, dict[date, Measured]] = field(default_factory=lambda: defaultdict(dict))
    by_department: dict[int, dict[int | None, Measured]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, metric_id: int, months: Iterable[date]) -> Measured:
        """The metric's sum over the months."""
        known = self.by_month.get(metric_id, {})
        return sum((known[month] for month in months if month in known), Measured())


# `paths` are patterns of the departments' paths, NULL for everybody, also people without a department.
PART = (
    "(%(paths)s::text[] IS NULL "
    "OR l.department_id IN (SELECT id FROM people_department WHERE path LIKE ANY (%(paths)s)))"
)
TOPIC = "min(t.title) AS title, min(t.translations::text) AS translations, min(t.position) AS position"
LEARNING = f"""
SELECT grouping(l.month) = 0 AS is_month, l.month, l.topic_id, l.department_id, {SUMS}, {TOPIC},
       (SELECT at FROM analytics_refresh WHERE kind = 'learning') AS fresh_at
FROM (
    SELECT *, month >= %(first)s AS is_inside FROM analytics_learningmonth AS l
    WHERE month BETWEEN %(since)s AND %(last)s AND {PART}
) AS l
JOIN courses_topic AS t ON t.id = l.topic_id
GROUP BY GROUPING SETS ((l.month, l.topic_id), (l.is_inside, l.department_id))
HAVING grouping(l.month) = 0 OR l.is_inside
"""  # noqa: S608 - constants of this module
MEASURED = f"""
SELECT grouping(l.month) = 0 AS is_month, l.metric_id, l.month, l.department_id,
       sum(l.numerator), sum(l.denominator), sum(l.sample_size)
FROM (
    SELECT *, month >= %(first)s AS is_inside FROM analytics_readingmonth AS l
    WHERE month BETWEEN %(since)s AND %(last)s AND {PART}
) AS l
GROUP BY GROUPING SETS ((l.metric_id, l.month), (l.metric_id, l.is_inside, l.department_id))
HAVING grouping(l.month) = 0 OR l.is_inside
"""  # noqa: S608 - constants of this module
PERSON = f"""
WITH months AS ({MONTHS}), counted AS ({COUNTED.format(key="p.department_id", who="p.id = %(person)s")})
SELECT true, l.month, l.topic_id, NULL, {SUMS}, {TOPIC}, NULL
FROM counted AS l JOIN courses_topic AS t ON t.id = l.topic_id GROUP BY l.month, l.topic_id
"""  # noqa: S608 - constants of this module
PERSON_MEASURED = """
SELECT true, metric_id, date_trunc('month', day)::date, NULL, sum(numerator), sum(denominator), sum(sample_size)
FROM analytics_reading
WHERE person_id = %(person)s AND superseded_at IS NULL AND day >= %(since)s AND day < %(last)s + interval '1 month'
GROUP BY 2, 3
"""


def learning_of(paths: Paths, span: Span) -> LearningFigures:
    """Figures of the departments at and below the paths; None is everybody."""
    return _learning(_rows(LEARNING, _parameters(paths, span)), span)


def measured_of(paths: Paths, span: Span) -> MeasuredFigures:
    return _measured(_rows(MEASURED, _parameters(paths, span)))


def learning_of_person(person_id: int, span: Span, months: Sequence[date], *, on: date) -> LearningFigures:
    """One person's figures, counted from the rows themselves; `months` are those since the span's beginning."""
    given = {"person": person_id, "months": list(months), "on": on, "zone": settings.TIME_ZONE}
    return _learning(_rows(PERSON, given), span)


def measured_of_person(person_id: int, span: Span) -> MeasuredFigures:
    return _measured(_rows(PERSON_MEASURED, {"person": person_id, "since": span.since, "last": span.last}))


def patterns(paths: Paths) -> list[str] | None:
    """The paths as LIKE patterns of what is at and below them."""
    return None if paths is None else [f"{path}%" for path in paths]


def _parameters(paths: Paths, span: Span) -> dict[str, Any]:
    return {"paths": patterns(paths), "since": span.since, "first": span.first, "last": span.last}


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _learning(rows: Iterable[tuple[Any, ...]], span: Span) -> LearningFigures:
    figures = LearningFigures()
    for is_month, month, topic_id, department_id, *sums, title, translations, position, fresh_at in rows:
        row = Learning(*sums)
        figures.fresh_at = fresh_at
        if not is_month:
            figures.by_department[department_id] = row
            continue
        figures.by_month[month][topic_id] = row
        figures.topics[topic_id] = TopicName(topic_id, position, _named(title, translations))
        if span.first <= month <= span.last:
            figures.by_topic[topic_id] += row
    return figures


def _named(title: str, translations: str) -> str:
    """The topic's title in the active language."""
    return Topic(title=title, translations=json.loads(translations)).in_language("title")


def _measured(rows: Iterable[tuple[Any, ...]]) -> MeasuredFigures:
    figures = MeasuredFigures()
    for is_month, metric_id, month, department_id, *sums in rows:
        into: dict[Any, Measured] = figures.by_month[metric_id] if is_month else figures.by_department[metric_id]
        into[month if is_month else department_id] = Measured(*sums)
    return figures
