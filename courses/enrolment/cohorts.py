"""Give many courses to many people at once: who shares windows is one cohort; a statement takes thousands of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from courses.enrolment.models import Enrolment
from courses.programmes.models import Assignment

PEOPLE_AT_ONCE = 2_500


@dataclass(frozen=True, slots=True)
class Part:
    """A course of a path for a cohort: the whole of it or its tests, from a day to another."""

    course: int
    scope: str
    opens_on: date
    due_on: date


# Whoever has a course open keeps it as it is.
GIVE = """
INSERT INTO courses_enrolment
    (person_id, course_id, version, scope, assignment_id, assigned_on, opens_on, due_on, withdrawn_reason)
SELECT who.person_id, part.course_id, course.version, part.scope, %(assignment)s, %(on)s, part.opens_on, part.due_on, ''
FROM unnest(%(people)s::bigint[], %(cohorts)s::int[]) AS who (person_id, cohort)
JOIN unnest(%(of)s::int[], %(courses)s::bigint[], %(scopes)s::text[], %(opens)s::date[], %(due)s::date[])
    AS part (cohort, course_id, scope, opens_on, due_on) USING (cohort)
JOIN courses_course course ON course.id = part.course_id AND course.status = 'published'
WHERE {condition}
ON CONFLICT DO NOTHING
"""
# Who was given a course by this assignment before is not given it again, unless the enrolment was ended (`reason`)
# because the person had left the audience.
NOT_BEFORE = """NOT EXISTS (
    SELECT FROM courses_enrolment given
    WHERE given.assignment_id = %(assignment)s AND given.person_id = who.person_id
        AND given.course_id = part.course_id AND given.withdrawn_reason <> %(reason)s
)"""


@transaction.atomic
def enrol_cohorts(
    assignment: Assignment, cohorts: Sequence[tuple[Sequence[int], Sequence[Part]]], *, on: date, again: str = "\n"
) -> int:
    """Enrol the people of each cohort in its parts; returns how many enrolments are new.

    An enrolment that was ended for the reason `again` does not keep the person from being given the course once more.
    """
    parts = [(number, part) for number, (_people, parts) in enumerate(cohorts) for part in parts]
    people = [(person, number) for number, (members, _parts) in enumerate(cohorts) for person in members]
    values = {
        "assignment": assignment.pk,
        "on": on,
        "reason": again,
        "of": [number for number, _part in parts],
        "courses": [part.course for _number, part in parts],
        "scopes": [part.scope for _number, part in parts],
        "opens": [part.opens_on for _number, part in parts],
        "due": [part.due_on for _number, part in parts],
    }
    return sum(_give(values, some) for some in _batches(sorted(people))) if parts else 0


def _batches(people: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    return (people[start : start + PEOPLE_AT_ONCE] for start in range(0, len(people), PEOPLE_AT_ONCE))


def _give(values: Mapping[str, Any], people: Sequence[tuple[int, int]]) -> int:
    who = {"people": [person for person, _n in people], "cohorts": [number for _person, number in people]}
    known = Enrolment.objects.filter(assignment=values["assignment"], person__in=who["people"]).exists()
    with connection.cursor() as cursor:
        cursor.execute(GIVE.format(condition=NOT_BEFORE if known else "TRUE"), {**values, **who})
        return int(cursor.rowcount)


def withdraw_open(
    assignment: Assignment,
    people: Sequence[int],
    *,
    reason: str,
    at: datetime,
    courses: Sequence[int] | None = None,
    begun: bool = True,
) -> int:
    """End what these people still have open of the assignment, of some courses or all; returns how many that were.

    `begun=False` leaves alone what was begun.
    """
    found = Enrolment.objects.open().filter(assignment=assignment, person__in=people)
    found = found if courses is None else found.filter(course__in=courses)
    found = found if begun else found.filter(started_at=None)
    return found.update(withdrawn_at=at, withdrawn_reason=reason)
