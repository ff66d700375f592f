"""The courses that are offered, as a plan sees them, and what people have had of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from assessments.learning_paths.planning import Offer
from courses.models import Course, Enrolment, Prerequisite, Teaches, Unit
from trainingsite.core.days import company_day

FRESH = timedelta(days=365)  # so long after its completion a course is not suggested again


@dataclass(frozen=True)
class Offered:
    """A published course: `minutes` of its units, what it teaches, and the published courses that it needs first."""

    course: Course
    minutes: int
    reaches: dict[int, int]
    needs: frozenset[int]


@dataclass(frozen=True)
class Had:
    """What a person has had: courses ever completed, those completed lately, and open enrolments by course.

    `due` says when those are due.
    """

    ever: frozenset[int]
    lately: frozenset[int]
    held: dict[int, int]
    due: dict[int, date | None] = field(default_factory=dict)


NOTHING = Had(frozenset(), frozenset(), {})


def catalogue() -> dict[int, Offered]:
    """Every published course that teaches something or that another one needs; one query."""
    units = Unit.objects.in_use().filter(course=OuterRef("pk")).order_by().values("course")
    needs = Prerequisite.objects.filter(course=OuterRef("pk"), needs__status="published").values("needs")
    teaches = Teaches.objects.filter(course=OuterRef("pk"), competency__retired_at=None).order_by()
    pairs = teaches.annotate(pair=JSONObject(c="competency", level="level")).values("pair")
    rows = Course.objects.published().filter(Q(teaches__isnull=False) | Q(needed_by_rows__isnull=False)).distinct()
    found = rows.annotate(
        takes=Coalesce(Subquery(units.annotate(n=Sum("minutes")).values("n")), F("own_minutes"), 0),
        first=ArraySubquery(needs),
        taught=ArraySubquery(pairs),
    )
    return {course.pk: _offered(course) for course in found.order_by("pk")}


def _offered(course: Any) -> Offered:
    reaches = {pair["c"]: pair["level"] for pair in course.taught}
    return Offered(course, max(course.takes, 1), reaches, frozenset(course.first))


def had_by(people_ids: Collection[int], courses_ids: Collection[int], on: date) -> dict[int, Had]:
    """What each of them has had of these courses by the day; one query."""
    rows = Enrolment.objects.filter(person__in=people_ids, course__in=courses_ids, withdrawn_at=None)
    by_person: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for person, *row in rows.values_list("person", "course", "pk", "completed_at", "due_on"):
        by_person[person].append(tuple(row))
    return {person: _had(rows, on) for person, rows in by_person.items()}


def _had(rows: Iterable[tuple[Any, ...]], on: date) -> Had:
    rows = list(rows)
    done = [(course, company_day(at)) for course, _pk, at, _due in rows if at]
    return Had(
        ever=frozenset(course for course, _day in done),
        lately=frozenset(course for course, day in done if day > on - FRESH),
        held={course: pk for course, pk, at, _due in rows if at is None},
        due={course: due for course, _pk, at, due in rows if at is None},
    )


def offers_for(had: Had, known: dict[int, Offered]) -> list[Offer]:
    """What the person may take now; whoever completed a course once lacks nothing that it needs."""
    return [
        Offer(pk, offered.minutes, offered.reaches, frozenset() if pk in had.ever else offered.needs - had.ever)
        for pk, offered in known.items()
        if pk not in had.lately
    ]
