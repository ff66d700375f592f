"""How groups of people compare: departments, programmes, those hired in the same quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.gradebook.books import Column
from assessments.gradebook.matrix import CELLS, people_sql, slots
from courses.models import Programme
from trainingsite.people.models import Department, User

FEWEST = 5  # people; of fewer a figure says more about persons than about the group
SURE = 1.96  # standard errors to either side hold 95 of 100

DEPARTMENT, PROGRAMME, COHORT = "department", "programme", "cohort"
KINDS: dict[str, Promise] = {
    DEPARTMENT: _("Departments"),
    PROGRAMME: _("Programmes"),
    COHORT: _("Hired in the same quarter"),
}
JOINS = {
    DEPARTMENT: ("person.department_id::text", ""),
    COHORT: ("to_char(person.hired_on, 'YYYY \"Q\"Q')", ""),
    PROGRAMME: (
        "taking.programme::text",
        """JOIN (
            SELECT DISTINCT part.person_id, given.programme_id AS programme FROM courses_participation AS part
            JOIN courses_assignment AS given ON given.id = part.assignment_id
            WHERE part.left_at IS NULL AND part.exempted_at IS NULL
        ) AS taking ON taking.person_id = person.id""",
    ),
}
GROUPS = """
WITH people (id) AS MATERIALIZED ({people}), {cells}, done AS (
    SELECT person_id, avg(score) AS mean, bool_and(passed) AS passed
    FROM cell WHERE score IS NOT NULL GROUP BY person_id
)
SELECT {key}, count(*), avg(done.mean)::float8, count(*) FILTER (WHERE done.passed)
FROM done JOIN people_user AS person ON person.id = done.person_id {join}
WHERE {key} IS NOT NULL
GROUP BY 1
"""


@dataclass(frozen=True)
class Group:
    """`people` of the group have a result; `passed` of them have passed all they have tried. Shares are 0 to 1."""

    name: str
    people: int
    mean: float
    passed: int

    @property
    def rate(self) -> float:
        return self.passed / self.people

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.passed, self.people)

    @property
    def verdict(self) -> str:
        """Against the target: `reached`, `missed`, or `open` where chance may explain the difference."""
        low, high = self.interval
        target = settings.PASS_RATE_TARGET / 100
        if low <= target <= high:
            return "open"
        return "reached" if low > target else "missed"


@dataclass(frozen=True)
class Comparison:
    """The groups that are large enough, in an order that can be read, and how many are too small."""

    groups: list[Group]
    hidden: int


def compare(columns: Sequence[Column], people: QuerySet[User], kind: str) -> Comparison:
    """The people in groups of the kind; two queries."""
    chosen, values = people_sql(people)
    key, join = JOINS[kind]
    sql = GROUPS.format(people=chosen, cells=CELLS, key=key, join=join)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, **slots(columns)})
        rows = cursor.fetchall()
    large = {row[0]: row[1:] for row in rows if row[1] >= FEWEST}
    names = _names(kind, list(large))
    groups = [Group(name, *large[key]) for key, name in names.items()]
    return Comparison(groups, len(rows) - len(large))


def _names(kind: str, keys: list[str]) -> dict[str, str]:
    """What the groups are called, in their order: of the tree, of the alphabet, of time."""
    if kind == COHORT:
        return {key: key for key in sorted(keys)}
    rows: QuerySet[Any]
    if kind == DEPARTMENT:
        rows = Department.objects.filter(pk__in=keys).in_tree_order()
    else:
        rows = Programme.objects.filter(pk__in=keys).order_by("title", "pk")
    return {str(row.pk): str(row) for row in rows}


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The interval that holds the true share in 95 of 100 cases (Wilson's, which is sound for few and for extremes)."""
    if not n:
        return 0.0, 1.0
    share, square = hits / n, SURE**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = SURE * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)
