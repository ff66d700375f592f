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
from analytics.rollups.models import Kind
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


@dataclass(frozen=True)
class Figures:
    """Both kinds of figures of one part or person."""

    learning: LearningFigures = field(default_factory=LearningFigures)
    measured: MeasuredFigures = field(default_factory=MeasuredFigures)


# `paths` are patterns of the departments' paths, NULL for everybody, also people without a department.
PART = (
    "(%(paths)s::text[] IS NULL "
    "OR l.department_id IN (SELECT id FROM people_department WHERE path LIKE ANY (%(paths)s)))"
)
# Both kinds of figures in one statement: what, whether of a month, month, topic or metric, department, seven sums.
INSIDE = f"""SELECT *, month >= %(first)s AS is_inside FROM {{table}} AS l
WHERE month BETWEEN %(since)s AND %(last)s AND {PART}"""  # noqa: S608 - constants of this module
TOPIC = "min(t.title), min(t.translations::text), min(t.position)"
MEASURED = "sum(l.numerator), sum(l.denominator), sum(l.sample_size), NULL, NULL, NULL, NULL"
FIGURES = f"""
SELECT 'learning', grouping(l.month) = 0, l.month, l.topic_id AS key, l.department_id, {SUMS}, {TOPIC},
       (SELECT at FROM analytics_refresh WHERE kind = 'learning')
FROM ({INSIDE.format(table="analytics_learningmonth")}) AS l JOIN courses_topic AS t ON t.id = l.topic_id
GROUP BY GROUPING SETS ((l.month, l.topic_id), (l.is_inside, l.department_id))
HAVING grouping(l.month) = 0 OR l.is_inside
UNION ALL
SELECT 'readings', grouping(l.month) = 0, l.month, l.metric_id, l.department_id, {MEASURED}, NULL, NULL, NULL, NULL
FROM ({INSIDE.format(table="analytics_readingmonth")}) AS l
GROUP BY GROUPING SETS ((l.metric_id, l.month), (l.metric_id, l.is_inside, l.department_id))
HAVING grouping(l.month) = 0 OR l.is_inside
"""  # noqa: S608 - constants of this module
PERSON = f"""
WITH months AS ({MONTHS}), counted AS ({COUNTED.format(key="p.department_id", who="p.id = %(person)s")})
SELECT 'learning', true, l.month, l.topic_id, NULL::bigint, {SUMS}, {TOPIC}, NULL::timestamptz
FROM counted AS l JOIN courses_topic AS t ON t.id = l.topic_id GROUP BY l.month, l.topic_id
UNION ALL
SELECT 'readings', true, date_trunc('month', l.day)::date, l.metric_id, NULL, {MEASURED}, NULL, NULL, NULL, NULL
FROM analytics_reading AS l
WHERE l.person_id = %(person)s AND l.superseded_at IS NULL
  AND l.day >= %(since)s AND l.day < %(last)s::date + interval '1 month'
GROUP BY 3, 4
"""  # noqa: S608 - constants of this module


def figures_of(paths: Paths, span: Span) -> Figures:
    """Figures of the departments at and below the paths; None is everybody."""
    given = {"paths": patterns(paths), "since": span.since, "first": span.first, "last": span.last}
    return _figures(FIGURES, given, span)


def figures_of_person(person_id: int, span: Span, months: Sequence[date], *, on: date) -> Figures:
    """One person's figures, counted from the rows themselves; `months` are those since the span's beginning."""
    given = {"person": person_id, "months": list(months), "on": on, "zone": settings.TIME_ZONE}
    return _figures(PERSON, {**given, "since": span.since, "last": span.last}, span)


def patterns(paths: Paths) -> list[str] | None:
    """The paths as LIKE patterns of what is at and below them."""
    return None if paths is None else [f"{path}%" for path in paths]


def _figures(statement: str, given: dict[str, Any], span: Span) -> Figures:
    figures = Figures()
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        for what, *row in cursor:
            (_add_learning if what == Kind.LEARNING else _add_measured)(figures, row, span)
    return figures


def _add_learning(figures: Figures, row: list[Any], span: Span) -> None:
    is_month, month, topic_id, department_id, *sums, title, translations, position, fresh_at = row
    due, completed, tests, first_passed, passed, score, trained = sums
    learning = Learning(int(due), int(completed), int(tests), int(first_passed), int(passed), score, int(trained))
    into = figures.learning
    into.fresh_at = fresh_at
    if not is_month:
        into.by_department[department_id] = learning
        return
    into.by_month[month][topic_id] = learning
    into.topics[topic_id] = TopicName(topic_id, position, _named(title, translations))
    if span.first <= month <= span.last:
        into.by_topic[topic_id] += learning


def _add_measured(figures: Figures, row: list[Any], _span: Span) -> None:
    is_month, month, metric_id, department_id, numerator, denominator, size = row[:7]
    sums = Measured(numerator, denominator, int(size))
    if is_month:
        figures.measured.by_month[metric_id][month] = sums
    else:
        figures.measured.by_department[metric_id][department_id] = sums


def _named(title: str, translations: str) -> str:
    """The topic's title in the active language."""
    return Topic(title=title, translations=json.loads(translations)).in_language("title")
