"""The people of a part, sorted by who needs somebody: one query for the page of a table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import connection

from analytics.dashboards.parts import Part
from analytics.dashboards.periods import Period
from analytics.rollups.counting import COUNTED, MONTHS, SUMS
from analytics.rollups.figures import Learning, Measured, patterns

PER_PAGE = 25
EXPORTED = 10_000
ORDERS = {
    "need": "overdue DESC, oldest NULLS LAST, sort_key, id",
    "-need": "overdue, oldest DESC NULLS FIRST, sort_key, id",
    "name": "sort_key, id",
    "-name": "sort_key DESC, id DESC",
}
# People come first, so that the figures are computed for those of one page alone.
PEOPLE = """
WITH here AS MATERIALIZED (
    SELECT p.id, p.name, p.employee_number, p.sort_key, p.department_id
    FROM people_user AS p
    WHERE NOT p.is_service AND (p.hired_on IS NULL OR p.hired_on <= %(on)s)
      AND (p.left_on IS NULL OR p.left_on > %(on)s)
      AND (%(paths)s::text[] IS NULL
           OR p.department_id IN (SELECT id FROM people_department WHERE path LIKE ANY (%(paths)s)))
), everybody AS (
    SELECT here.*, late.overdue, late.oldest, late.overdue > 0 AND NOT EXISTS (
        SELECT 1 FROM notices_notice AS told
        WHERE told.person_id = here.id AND told.kind = 'overdue-nudge'
          AND told.key LIKE 'nudge:%%:' || to_char(%(on)s::date, 'YYYY-MM-DD')
    ) AS untold
    FROM here CROSS JOIN LATERAL (
        SELECT count(*) AS overdue, min(e.due_on) AS oldest
        FROM courses_enrolment AS e
        WHERE e.person_id = here.id AND e.completed_at IS NULL AND e.withdrawn_at IS NULL AND e.due_on < %(on)s
    ) AS late
), page AS MATERIALIZED (
    SELECT everybody.*, count(*) OVER () AS people, count(*) FILTER (WHERE overdue > 0) OVER () AS people_late,
           sum(overdue) OVER () AS all_overdue, count(*) FILTER (WHERE untold) OVER () AS people_untold,
           first_value(name) OVER latest AS latest, first_value(oldest) OVER latest AS since
    FROM everybody WINDOW latest AS (ORDER BY oldest NULLS LAST, sort_key, id)
    ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
)"""
FIGURES = f""", months AS ({MONTHS}), counted AS (
{COUNTED.format(key="p.id", who="p.id = ANY (ARRAY(SELECT id FROM page))")}
), learning AS (
    SELECT key, {SUMS} FROM counted GROUP BY key
), measured AS (
    SELECT person_id,
           jsonb_object_agg(metric_id, jsonb_build_array(numerator::text, denominator::text, size)) AS readings
    FROM (
        SELECT r.person_id, r.metric_id, sum(r.numerator) AS numerator, sum(r.denominator) AS denominator,
               sum(r.sample_size) AS size
        FROM analytics_reading AS r
        WHERE r.person_id = ANY (ARRAY(SELECT id FROM page)) AND r.superseded_at IS NULL
          AND r.day >= %(first)s AND r.day < %(end)s
        GROUP BY r.person_id, r.metric_id
    ) AS summed
    GROUP BY person_id
)
SELECT page.id, page.name, page.employee_number, page.department_id, page.overdue, page.oldest, measured.readings,
       page.people, page.people_late, page.all_overdue,
       (SELECT jsonb_object_agg(department_id, people) FROM (
            SELECT department_id, count(*) AS people FROM everybody
            WHERE overdue > 0 AND department_id IS NOT NULL GROUP BY department_id
        ) AS places) AS late_by_department, page.people_untold, page.latest, page.since, learning.*
FROM page LEFT JOIN learning ON learning.key = page.id LEFT JOIN measured ON measured.person_id = page.id
ORDER BY """  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class Person:
    """A row of the table. `overdue` is as of today, `learning` and `measured` (by metric id) are of the period."""

    pk: int
    name: str
    employee_number: str
    department_id: int | None
    overdue: int
    oldest: date | None
    learning: Learning
    measured: Mapping[int, Measured]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class People:
    """A page of people, and counts over all of them; `late_in` by the id of the department they work in.

    `untold` late people were not reminded today; nobody is late for longer than `latest`, who is so `since` that day.
    """

    rows: list[Person] = field(default_factory=list)
    total: int = 0
    late: int = 0
    overdue: int = 0
    late_in: Mapping[int, int] = field(default_factory=dict)
    untold: int = 0
    latest: str = ""
    since: date | None = None

    def page(self, number: int) -> Page[Any]:
        """For the kit's pagination."""
        page: Page[Any] = Paginator(range(self.total), PER_PAGE).get_page(number)
        page.object_list = self.rows
        return page


def people_of(part: Part, period: Period, *, on: date, order: str = "need", page: int = 1) -> People:
    """The page of the people who work here on the day; a page out of range gives the first."""
    found = _find(part.paths, period, on, order=order, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    if not found.rows and page > 1:
        return people_of(part, period, on=on, order=order)
    return found


def everybody_of(part: Part, period: Period, *, on: date) -> People:
    """All people of the part, for an export."""
    return _find(part.paths, period, on, order="need", limit=EXPORTED, offset=0)


def count_late(paths: list[str] | None, *, on: date) -> tuple[int, int]:
    """How many people are late, and with how many enrolments."""
    statement = f"{PEOPLE.format(order='overdue DESC')} SELECT people_late, all_overdue FROM page"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(statement, {"paths": patterns(paths), "on": on, "limit": 1, "offset": 0})
        people_late, overdue = cursor.fetchone() or (0, 0)
    return people_late, int(overdue)


def _find(paths: list[str] | None, period: Period, on: date, *, order: str, limit: int, offset: int) -> People:
    sorted_by = ORDERS.get(order, ORDERS["need"])
    given = {
        "paths": patterns(paths),
        "on": on,
        "zone": settings.TIME_ZONE,
        "months": period.months,
        "first": period.first,
        "end": period.end,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(order=sorted_by) + FIGURES + sorted_by.replace("id", "page.id"), given)
        rows = cursor.fetchall()
    if not rows:
        return People()
    people, late, overdue, places, *of_late = rows[0][7:14]
    late_in = {int(pk): number for pk, number in json.loads(places or "{}").items()}
    return People([_person(*row) for row in rows], people, late, int(overdue), late_in, *of_late)


def _person(  # noqa: PLR0913, PLR0917 - the columns of the query
    pk: int,
    name: str,
    employee_number: str | None,
    department_id: int | None,
    overdue: int,
    oldest: date | None,
    readings: str | None,
    *rest: Any,
) -> Person:
    sums = rest[8:]
    learning = Learning() if sums[0] is None else Learning(*sums)
    measured = {
        int(metric): Measured(Decimal(numerator), Decimal(denominator), int(size))
        for metric, (numerator, denominator, size) in json.loads(readings or "{}").items()
    }
    return Person(pk, name, employee_number or "", department_id, overdue, oldest, learning, measured)
