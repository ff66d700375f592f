"""Ask those who completed an earlier version again: for what changed, or for everything."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.curriculum.differences import differences
from courses.curriculum.models import CourseVersion, Reask
from courses.enrolment.actions import enrol_many
from courses.enrolment.models import Enrolment
from courses.releases.notices import tell_asked
from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import User

ASK_AGAIN = "courses.ask_again"
AT_ONCE = 500  # people; more are asked by a worker
BATCH = 2_000

# Whoever completed an earlier version, is employed, has the course not open and was not asked for this one before:
# the person, and what he or she completed last.
TO_ASK = """
SELECT DISTINCT ON (done.person_id) done.person_id, done.id
FROM courses_enrolment done
JOIN people_user person ON person.id = done.person_id
WHERE done.course_id = %(course)s AND done.version < %(number)s AND done.completed_at IS NOT NULL
    AND (person.left_on IS NULL OR person.left_on > %(on)s)
    AND NOT EXISTS (
        SELECT FROM courses_enrolment other
        WHERE other.person_id = done.person_id AND other.course_id = done.course_id
            AND (other.version >= %(number)s OR (other.completed_at IS NULL AND other.withdrawn_at IS NULL))
    )
ORDER BY done.person_id, done.completed_at DESC
"""
# Units that the version has from the one before count as done, at the moment when the person did them.
CARRY_OVER = """
INSERT INTO courses_unitprogress (enrolment_id, unit_id, opened_at, completed_at)
SELECT fresh.id, unit.id, coalesce(known.opened_at, done.completed_at), coalesce(known.completed_at, done.completed_at)
FROM unnest(%(people)s::bigint[], %(done)s::bigint[]) AS asked (person_id, done_id)
JOIN courses_enrolment done ON done.id = asked.done_id
JOIN courses_enrolment fresh ON fresh.person_id = asked.person_id AND fresh.course_id = %(course)s
    AND fresh.version = %(number)s AND fresh.completed_at IS NULL AND fresh.withdrawn_at IS NULL
JOIN courses_unit unit ON unit.course_id = %(course)s AND unit.introduced_in < %(number)s
    AND (unit.removed_in IS NULL OR unit.removed_in > %(number)s)
LEFT JOIN courses_unitprogress known ON known.enrolment_id = done.id AND known.unit_id = unit.id
ON CONFLICT (enrolment_id, unit_id) DO NOTHING
"""


def to_ask(version: CourseVersion, *, on: date) -> list[tuple[int, int]]:
    """Who would be asked for this version: pairs of person and of what that person completed last."""
    values: dict[str, Any] = {"course": version.course_id, "number": version.number, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(TO_ASK, values)
        return list(cursor.fetchall())


def ask_after_publishing(version: CourseVersion, by: User | None, at: datetime) -> None:
    """What HR chose when the version was published: at once for a few people, by a worker for many."""
    if version.reask == Reask.NOBODY or not _asks_for_something(version):
        return
    on = timezone.localdate(at)
    people = to_ask(version, on=on)
    if by is None or len(people) <= AT_ONCE:
        ask(version, people, on=on)
        return
    title = _("Asking for “%(course)s”, version %(number)s") % {"course": version.course, "number": version.number}
    arguments = {"version": version.pk, "on": on.isoformat()}
    jobs.start(ASK_AGAIN, title=title, owner=by, arguments=arguments, back_url=f"/courses/{version.course_id}/")


@transaction.atomic
def ask(version: CourseVersion, people: Sequence[tuple[int, int]], *, on: date) -> int:
    """Enrol these people in the version, with what did not change carried over; returns how many are new.

    A repeat enrols nobody, since whoever has the version is not asked again.
    """
    ids = [person for person, _done in people]
    made = enrol_many(ids, version.course, on=on, due_on=version.ask_due_on, tell=False)
    if version.reask == Reask.CHANGED:
        _carry_over(version, people)
    fresh = Enrolment.objects.open().filter(course=version.course_id, version=version.number, person__in=ids)
    tell_asked(version, fresh.values_list("pk", "person_id"))
    return made


def job_of(version: CourseVersion) -> Job | None:
    """The job that asks for this version, when there were many to ask."""
    return Job.objects.filter(kind=ASK_AGAIN, arguments__version=version.pk).order_by("-pk").first()


@jobs.JOB_KINDS.registers(ASK_AGAIN)
def ask_in_job(job: Job) -> str:
    """Ask batch by batch; taken up again after an accident, it goes on with those who were not asked yet."""
    version = CourseVersion.objects.select_related("course").get(pk=job.arguments["version"])
    people = to_ask(version, on=date.fromisoformat(job.arguments["on"]))
    made = 0
    for start in range(0, len(people), BATCH):
        made += ask(version, people[start : start + BATCH], on=clock.today())
        jobs.progress(job, min(start + BATCH, len(people)), len(people))
    return ngettext("%(n)s person is asked", "%(n)s people are asked", made) % {"n": made}


def _asks_for_something(version: CourseVersion) -> bool:
    return version.reask == Reask.EVERYTHING or bool(differences(version).asked)


def _carry_over(version: CourseVersion, people: Sequence[tuple[int, int]]) -> None:
    values: dict[str, Any] = {"course": version.course_id, "number": version.number}
    values |= {"people": [person for person, _done in people], "done": [done for _person, done in people]}
    with connection.cursor() as cursor:
        cursor.execute(CARRY_OVER, values)
