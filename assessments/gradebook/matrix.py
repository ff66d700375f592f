"""People × quizzes in one statement.

A cell is the result of one person at one quiz: that of the attempts which count by the quiz's rule, within the
person's newest enrolment that has an attempt at it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from assessments.gradebook.books import Column
from trainingsite.people.models import User

# What a row shows can be chosen by: which condition on the cells of a person each word stands for.
STATES = {
    "passed": "count(*) FILTER (WHERE cell.passed) = %(columns)s",
    "below": "bool_or(NOT cell.passed)",
    "missing": "count(cell.score) < %(columns)s",
    "marking": "bool_or(cell.marking)",
    "appeal": "bool_or(cell.appealed)",
    "going": "bool_or(cell.going)",
}
OF_PEOPLE = {"name", "department"}  # what they are sorted by without their results
ORDERS = {
    "name": "person.sort_key",
    "department": "department.path",
    "mean": "mean",
    "passed": "passed",
}
CELLS = """
slots AS (
    SELECT * FROM unnest(%(quizzes)s::bigint[], %(places)s::int[], %(counts)s::text[]) AS slot (quiz, place, counts)
),
appealed AS MATERIALIZED (
    SELECT DISTINCT response.attempt_id FROM assessments_appeal AS appeal
    JOIN assessments_response AS response ON response.id = appeal.response_id WHERE appeal.state = 'open'
),
tried AS (
    SELECT attempt.id, attempt.person_id, attempt.enrolment_id, attempt.number, attempt.state, attempt.score,
           attempt.passed, attempt.pass_mark, slots.place, slots.counts, appealed.attempt_id IS NOT NULL AS appealed,
           first_value(attempt.enrolment_id) OVER (
               PARTITION BY attempt.person_id, slots.place ORDER BY attempt.started_at DESC, attempt.id DESC
           ) AS newest
    FROM assessments_attempt AS attempt
    JOIN slots ON slots.quiz = attempt.quiz_id
    JOIN people ON people.id = attempt.person_id
    LEFT JOIN appealed ON appealed.attempt_id = attempt.id
    WHERE attempt.state <> 'practised'
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY person_id, place
        ORDER BY state = 'graded' OR (counts = 'first' AND state = 'submitted') DESC,
            CASE counts WHEN 'best' THEN -score WHEN 'first' THEN number ELSE -number END, number
    ) AS rank
    FROM tried WHERE enrolment_id = newest
),
cell AS (
    SELECT person_id, place,
           round(CASE WHEN counts = 'average' THEN avg(score) ELSE max(score) FILTER (WHERE rank = 1) END, 2) AS score,
           CASE counts WHEN 'average' THEN round(avg(score), 2) >= max(pass_mark) FILTER (WHERE rank = 1)
               WHEN 'best' THEN bool_or(passed) ELSE bool_or(passed) FILTER (WHERE rank = 1) END AS passed,
           max(id) FILTER (WHERE rank = 1) AS attempt,
           count(*) AS tries,
           bool_or(state = 'submitted') AS marking,
           bool_or(state IN ('in_progress', 'overdue')) AS going,
           bool_or(appealed) AS appealed
    FROM ranked GROUP BY person_id, place, counts
)"""
# Sorted by who they are and chosen by nothing in their cells, people are counted and cut to the page first.
PAGE = """
WITH chosen (id) AS MATERIALIZED ({people}), people AS MATERIALIZED (
    SELECT chosen.id, count(*) OVER () AS total FROM chosen
    JOIN people_user AS person ON person.id = chosen.id
    LEFT JOIN people_department AS department ON department.id = person.department_id
    ORDER BY {order}, person.sort_key, person.id LIMIT %(limit)s OFFSET %(offset)s
)"""
EVERYBODY = "WITH people (id) AS MATERIALIZED ({people})"
MATRIX = """
{which}, {cells}
SELECT person.id, person.name, person.employee_number, person.external_id, person.department_id,
       avg(cell.score)::float8 AS mean, count(*) FILTER (WHERE cell.passed) AS passed,
       coalesce(jsonb_object_agg(cell.place, jsonb_build_array(
           cell.score, cell.passed, cell.attempt, cell.tries, cell.marking, cell.going, cell.appealed
       )) FILTER (WHERE cell.place IS NOT NULL), '{{}}'),
       {total}
FROM people
JOIN people_user AS person ON person.id = people.id
LEFT JOIN people_department AS department ON department.id = person.department_id
LEFT JOIN cell ON cell.person_id = people.id
GROUP BY person.id, department.path
HAVING {having}
ORDER BY {order}, person.sort_key, person.id
{cut}
"""


class Cell(NamedTuple):
    """One result; without a score nothing is graded (yet)."""

    score: float | None
    passed: bool | None
    attempt: int
    tries: int
    marking: bool
    going: bool
    appealed: bool

    @property
    def state(self) -> str:
        """One of passed, below, marking, going and abandoned."""
        if self.score is not None:
            return "passed" if self.passed else "below"
        if self.marking:
            return "marking"
        return "going" if self.going else "abandoned"

    @property
    def url(self) -> str:
        """The page of the attempt."""
        return f"{_attempts()}{self.attempt}/"

    @property
    def shown(self) -> int:
        """The score without decimals; what misses the pass mark is never rounded up to it."""
        return floor(self.score or 0)


@dataclass(frozen=True)
class Row:
    """One person with a cell a column; None where nothing was tried."""

    pk: int
    name: str
    employee_number: str | None
    external_id: str | None
    department_id: int | None
    mean: float | None
    passed: int
    cells: list[Cell | None]


@dataclass(frozen=True)
class Asked:
    """Which rows in which order: `sort` is a name of ORDERS or the place of a column, with a minus for downwards."""

    state: str = ""
    sort: str = "name"
    limit: int | None = None
    offset: int = 0


def matrix(columns: Sequence[Column], people: QuerySet[User], asked: Asked) -> tuple[list[Row], int]:
    """The rows that were asked for, and how many there are in all. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*statement(columns, people, asked))
        found = cursor.fetchall()
    return [_row(row, len(columns)) for row in found], found[0][-1] if found else 0


def statement(columns: Sequence[Column], people: QuerySet[User], asked: Asked) -> tuple[str, dict[str, Any]]:
    """The SQL of the matrix with its values."""
    chosen, values = people_sql(people)
    order = _order(asked.sort, len(columns))
    early = asked.limit is not None and asked.state not in STATES and asked.sort.removeprefix("-") in OF_PEOPLE
    sql = MATRIX.format(
        which=(PAGE if early else EVERYBODY).format(people=chosen, order=order),
        cells=CELLS,
        total="max(people.total)" if early else "count(*) OVER ()",
        having=STATES.get(asked.state, "true"),
        order=order,
        cut="" if early else "LIMIT %(limit)s OFFSET %(offset)s",
    )
    numbers = {"columns": len(columns), "limit": asked.limit, "offset": asked.offset}
    return sql, {**values, **slots(columns), **numbers}


@cache
def _attempts() -> str:
    """Where the pages of attempts stand; a thousand cells ask for it."""
    return reverse("attempt", args=[0]).removesuffix("0/")


def people_sql(people: QuerySet[User]) -> tuple[str, dict[str, Any]]:
    """The ids of the people as SQL with named values, to stand in a larger statement."""
    try:
        sql, params = people.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint AS id WHERE false", {}
    names = [f"chosen{number}" for number in range(len(params))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, params, strict=True))


def slots(columns: Sequence[Column]) -> Mapping[str, list[Any]]:
    """Which quiz stands in which column, and what counts there."""
    rows = [(quiz, column.place, column.quiz.counts) for column in columns for quiz in column.quizzes]
    return {
        "quizzes": [quiz for quiz, _place, _counts in rows],
        "places": [place for _quiz, place, _counts in rows],
        "counts": [counts for _quiz, _place, counts in rows],
    }


def _order(sort: str, columns: int) -> str:
    """A sort key as SQL; who has no result comes last either way."""
    name, way = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
    if name.isdecimal() and int(name) < columns:
        return f"max(cell.score) FILTER (WHERE cell.place = {int(name)}) {way} NULLS LAST"
    return f"{ORDERS.get(name, ORDERS['name'])} {way} NULLS LAST"


def _row(row: Sequence[Any], columns: int) -> Row:
    cells = json.loads(row[7]) if isinstance(row[7], str) else row[7]
    every = (cells.get(str(place)) for place in range(columns))
    results = [Cell(*cell) if cell else None for cell in every]
    pk, name, number, external_id, department, mean, passed = row[:7]
    return Row(pk, name, number, external_id, department, mean, passed, results)
