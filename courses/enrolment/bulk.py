"""The acts of enrolment for thousands at a time: one statement a batch, the same rows as the single acts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, CourseStatus
from courses.enrolment.hooks import completed
from courses.enrolment.models import Enrolment, Scope
from courses.enrolment.notices import tell_enrolled
from courses.programmes.models import Assignment
from courses.refreshers.models import Occurrence
from trainingsite.core.errors import Refused

BATCH = 5_000
Due = date | Mapping[int, date] | None

# Whoever has the course open, or was enrolled by this run of a refresher before, is left alone.
ENROL = """
INSERT INTO courses_enrolment
    (person_id, course_id, version, scope, assignment_id, occurrence_id, assigned_on, due_on, withdrawn_reason)
SELECT new.person_id, %(course)s, %(version)s, %(scope)s, %(assignment)s, %(occurrence)s, %(on)s, new.due_on, ''
FROM unnest(%(people)s::bigint[], %(due)s::date[]) AS new (person_id, due_on)
ON CONFLICT DO NOTHING
RETURNING id, person_id
"""
# A unit that was completed before keeps its moment.
COMPLETE_UNITS = """
INSERT INTO courses_unitprogress (enrolment_id, unit_id, opened_at, completed_at)
SELECT enrolment.id, unit.id, done.at, done.at
FROM unnest(%(ids)s::bigint[], %(moments)s::timestamptz[]) AS done (id, at)
JOIN courses_enrolment enrolment USING (id)
JOIN courses_unit unit ON unit.course_id = enrolment.course_id AND unit.introduced_in <= enrolment.version
    AND (unit.removed_in IS NULL OR unit.removed_in > enrolment.version)
WHERE enrolment.completed_at IS NULL AND enrolment.withdrawn_at IS NULL
    AND (enrolment.scope = 'full' OR unit.kind = ANY(%(assessing)s))
ON CONFLICT (enrolment_id, unit_id) DO UPDATE
    SET completed_at = coalesce(courses_unitprogress.completed_at, excluded.completed_at)
RETURNING enrolment_id
"""
COMPLETE = """
UPDATE courses_enrolment enrolment
SET completed_at = done.at, started_at = coalesce(enrolment.started_at, done.at)
FROM unnest(%(ids)s::bigint[], %(moments)s::timestamptz[]) AS done (id, at)
WHERE enrolment.id = done.id AND enrolment.id = ANY(%(with_units)s)
    AND enrolment.completed_at IS NULL AND enrolment.withdrawn_at IS NULL
RETURNING enrolment.id
"""

# One unit each of enrolments that are open.
COMPLETE_ONE_UNIT = """
INSERT INTO courses_unitprogress (enrolment_id, unit_id, opened_at, completed_at)
SELECT enrolment.id, done.unit, done.at, done.at
FROM unnest(%(ids)s::bigint[], %(units)s::bigint[], %(moments)s::timestamptz[]) AS done (id, unit, at)
JOIN courses_enrolment enrolment USING (id)
WHERE enrolment.completed_at IS NULL AND enrolment.withdrawn_at IS NULL
ON CONFLICT (enrolment_id, unit_id) DO UPDATE
    SET completed_at = coalesce(courses_unitprogress.completed_at, excluded.completed_at)
"""
# Those of which no required unit is left.
COMPLETE_WHEN_DONE = """
UPDATE courses_enrolment enrolment
SET completed_at = done.at, started_at = coalesce(enrolment.started_at, done.at)
FROM unnest(%(ids)s::bigint[], %(moments)s::timestamptz[]) AS done (id, at)
WHERE enrolment.id = done.id AND enrolment.completed_at IS NULL AND enrolment.withdrawn_at IS NULL
    AND NOT EXISTS (
        SELECT FROM courses_unit unit
        WHERE unit.course_id = enrolment.course_id AND unit.introduced_in <= enrolment.version
            AND (unit.removed_in IS NULL OR unit.removed_in > enrolment.version)
            AND (enrolment.scope = 'full' OR unit.kind = ANY(%(assessing)s))
            AND NOT EXISTS (
                SELECT FROM courses_unitprogress progress
                WHERE progress.enrolment_id = enrolment.id AND progress.unit_id = unit.id
                    AND progress.completed_at IS NOT NULL
            )
    )
RETURNING enrolment.id
"""


@transaction.atomic
def enrol_many(  # noqa: PLR0913 - what an enrolment consists of
    people_ids: Sequence[int],
    course: Course,
    *,
    on: date,
    due_on: Due = None,
    assignment: Assignment | None = None,
    occurrence: Occurrence | None = None,
    scope: Scope = Scope.FULL,
    tell: bool = True,
) -> int:
    """Give the course to everybody named who does not have it open; returns how many that were.

    `due_on` is one deadline for all or one a person. `tell` sends each new one a notice; history sends none.
    """
    if course.status != CourseStatus.PUBLISHED:
        raise Refused(_("Only a published course can be given to people."), field="course", code="course_not_published")
    deadlines = [due_on.get(pk) if isinstance(due_on, Mapping) else due_on for pk in people_ids]
    if any(day is not None and day < on for day in deadlines):
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")
    shared = {
        "course": course.pk,
        "version": course.version,
        "scope": scope,
        "assignment": assignment and assignment.pk,
        "occurrence": occurrence and occurrence.pk,
        "on": on,
    }
    made: list[tuple[int, int]] = []
    for part in _parts(sorted(zip(people_ids, deadlines, strict=True), key=lambda row: row[0])):
        made += _rows(ENROL, {**shared, "people": [pk for pk, _due in part], "due": [due for _pk, due in part]})
    if tell:
        tell_enrolled(made, course, dict(zip(people_ids, deadlines, strict=True)))
    return len(made)


@transaction.atomic
def complete_many(rows: Sequence[tuple[Enrolment, datetime]]) -> int:
    """Complete each enrolment with all its required units at its moment, day by day; returns how many were open.

    The hooks are called once a day, with the latest moment of that day.
    """
    ordered = sorted(rows, key=lambda row: row[1])
    return sum(_complete_day(list(day)) for _date, day in groupby(ordered, key=lambda row: timezone.localdate(row[1])))


def _complete_day(rows: list[tuple[Enrolment, datetime]]) -> int:
    done: list[int] = []
    for part in _parts(rows):
        values: dict[str, Any] = {"ids": [e.pk for e, _at in part], "moments": [at for _e, at in part]}
        units = _rows(COMPLETE_UNITS, {**values, "assessing": assessing_kinds()})
        done += [pk for (pk,) in _rows(COMPLETE, {**values, "with_units": list({pk for (pk,) in units})})]
    completed(done, rows[-1][1])
    return len(done)


@transaction.atomic
def complete_units(rows: Sequence[tuple[int, int, datetime]]) -> list[int]:
    """Note for each (enrolment, unit, moment) that the unit is done; returns the enrolments that are complete by it.

    The same as `complete_unit` for each, in three statements. The caller holds the enrolments locked, and each was
    begun before; no unit of an enrolment is named twice.
    """
    if not rows:
        return []
    ids, units, moments = (list(column) for column in zip(*rows, strict=True))
    values: dict[str, Any] = {"ids": ids, "units": units, "moments": moments, "assessing": assessing_kinds()}
    with connection.cursor() as cursor:
        cursor.execute(COMPLETE_ONE_UNIT, values)
    done = [pk for (pk,) in _rows(COMPLETE_WHEN_DONE, values)]
    completed(done, max(moments))
    return done


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
