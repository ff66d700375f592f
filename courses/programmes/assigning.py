"""Give a programme to an audience, once or for as long as the audience is followed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.audiences.actions import Conditions, people_matching
from courses.audiences.hooks import uses_of
from courses.audiences.members import unwatch, watch
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.enrolment.models import Enrolment
from courses.programmes.due import Due, Start
from courses.programmes.giving import Report, count, report_nothing, take_in
from courses.programmes.models import Assignment, Programme, ProgrammeStatus
from courses.programmes.notices import tell_assigned
from courses.programmes.schedule import Sorted, path_of, sort_people
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.people.models import User

JOB = "assign_programme"


@dataclass(frozen=True)
class Terms:
    """How a programme is given: when it starts for a person, by when it is due, whether later members get it too."""

    due: Due
    start: Start = field(default_factory=Start)
    standing: bool = False

    def check(self, today: date) -> None:
        """Raise Refused at the field that is missing or means nothing."""
        self.start.check(today)
        self.due.check(today)


@transaction.atomic
def assign(
    programme: Programme, audience: Audience, *, by: User | None, on: date, terms: Terms, token: UUID
) -> Assignment:
    """Give the programme to everybody whom the audience has on the day; a worker enrols them, see `job`.

    A repeat with the same token returns the same assignment and starts nothing.
    """
    assignment, created = _record(programme, audience, by, on, terms, token)
    if created:
        back = reverse("assignment", args=[assignment.pk])
        title = _("Assign “%(programme)s”") % {"programme": programme}
        assignment.job = jobs.start(JOB, title=title, owner=by, arguments={"assignment": assignment.pk}, back_url=back)
        assignment.save(update_fields=["job"])
    return assignment


def assign_at_once(  # noqa: PLR0913 - what an assignment consists of
    programme: Programme,
    audience: Audience,
    *,
    by: User | None,
    on: date,
    terms: Terms,
    token: UUID,
    tell: bool = True,
) -> Assignment:
    """The same without a worker, for generated history (`tell=False`) and small audiences."""
    assignment, created = _record(programme, audience, by, on, terms, token)
    return carry_out(assignment, tell=tell) if created else assignment


def _record(
    programme: Programme, audience: Audience, by: User | None, on: date, terms: Terms, token: UUID
) -> tuple[Assignment, bool]:
    """The assignment of this token, checked and made when it is not there yet."""
    if known := Assignment.objects.filter(token=token).first():
        return known, False
    terms.check(on)
    _check_given(programme)
    if not terms.standing and not people_matching(audience.conditions, on=on).exists():
        raise Refused(_("Nobody matches this audience."), field="audience", code="audience_empty")
    return Assignment.objects.get_or_create(token=token, defaults=_values(programme, audience, by, on, terms))


def _check_given(programme: Programme) -> None:
    if programme.archived_at:
        raise Refused(_("This programme is in the archive."), field="programme", code="programme_archived")
    if programme.template or programme.status != ProgrammeStatus.PUBLISHED:
        raise Refused(_("Publish the programme first."), field="programme", code="programme_not_published")
    if not any(item.required for item in path_of(programme, programme.version).items):
        raise Refused(_("This programme has no item."), field="programme", code="programme_empty")


def _values(programme: Programme, audience: Audience, by: User | None, on: date, terms: Terms) -> dict[str, object]:
    due, start = terms.due, terms.start
    counted = due.rule not in {"fixed", "stages"}
    return {
        "programme": programme,
        "programme_version": programme.version,
        "audience": audience,
        "assigned_by": by,
        "assigned_on": on,
        "due_rule": due.rule,
        "due_on": due.on if due.rule == "fixed" else None,
        "due_days": due.days if counted else None,
        "starts": start.rule,
        "starts_on": start.on if start.rule == "fixed" else None,
        "standing": terms.standing,
    }


def carry_out(assignment: Assignment, *, tell: bool = True, report: Report = report_nothing) -> Assignment:
    """Enrol the people of the assignment, thousands at a time; whoever was by an interrupted try stays so.

    People whose computed day cannot be met are listed as exceptions instead.
    """
    on = assignment.assigned_on
    people = people_matching(assignment.audience.conditions, on=on).order_by("pk").values_list("pk", "hired_on")
    take_in(assignment, list(people), on=on, report=report)
    with transaction.atomic():
        if assignment.standing:
            watch(assignment.audience, at=clock.now())
        count(assignment)
        if tell:
            tell_assigned(assignment)
    return assignment


@transaction.atomic
def stop_following(assignment: Assignment, *, by: User) -> Assignment:  # noqa: ARG001 - the trail knows who
    """End a standing assignment: who has the programme keeps it, nobody gets it any more. A repeat changes nothing."""
    found = Assignment.objects.select_for_update(of=("self",)).select_related("audience").get(pk=assignment.pk)
    if found.standing and found.ended_at is None:
        found.ended_at = clock.now()
        found.save(update_fields=["ended_at"])
        if not any(use.standing for use in uses_of([found.audience_id])[found.audience_id]):
            unwatch(found.audience, at=found.ended_at)
    return found


@jobs.JOB_KINDS.registers(JOB)
def run(job: Job) -> str:
    """The work of the job that `assign` starts, told in the language of whoever started it."""
    assignment = Assignment.objects.select_related("programme", "audience").get(pk=job.arguments["assignment"])
    with translation.override(job.owner.locale):
        carry_out(assignment, report=partial(jobs.progress, job))
        facts = {
            "people": assignment.reached,
            "new": assignment.enrolled,
            "exceptions": assignment.exceptions.waiting().count(),
        }
        text = _("%(people)s people reached, %(new)s new enrolments.") % facts
        if facts["exceptions"]:
            text += " " + _("%(exceptions)s people have a due date that can't be met; please decide.") % facts
        return text


@dataclass(frozen=True)
class CourseReach:
    course: Course
    learning: int
    new: int


@dataclass(frozen=True)
class Preview:
    """What an assignment would do: how many people, who learns something of it already, what is new."""

    people: int
    learning: int
    exceptions: int
    courses: list[CourseReach]

    @property
    def new(self) -> int:
        return sum(reach.new for reach in self.courses)

    @property
    def same(self) -> int | None:
        """The number of new people when it is the same for every course."""
        numbers = {reach.new for reach in self.courses}
        return numbers.pop() if len(numbers) == 1 else None


def outlook(
    programme: Programme, version: int, terms: Terms, people: Sequence[tuple[int, date | None]], *, on: date
) -> Sorted:
    """Who of the people could begin on which days, and who could not; changes nothing."""
    values = _values(programme, Audience(), None, on, terms)
    imagined = Assignment(**{**values, "programme_version": version})
    return sort_people(imagined, path_of(programme, version), people, on=on)


def preview(programme: Programme, conditions: Conditions, terms: Terms, *, on: date, version: int = 0) -> Preview:
    """Say what `assign` would do on the day; changes nothing."""
    version = version or programme.version
    people = people_matching(conditions, on=on)
    found = outlook(programme, version, terms, list(people.values_list("pk", "hired_on")), on=on)
    courses = courses_of(programme, version)
    open_pairs = Enrolment.objects.open().filter(course__in=courses, person__in=people)
    learning: dict[int, set[int]] = {course.pk: set() for course in courses}
    for course, person in open_pairs.values_list("course_id", "person_id"):
        if person in found.days:
            learning[course].add(person)
    reach = [CourseReach(c, len(learning[c.pk]), len(found.days) - len(learning[c.pk])) for c in courses]
    return Preview(
        people=len(found.days) + len(found.failed),
        learning=len(set().union(*learning.values())),
        exceptions=len(found.failed),
        courses=reach,
    )


def courses_of(programme: Programme, version: int) -> list[Course]:
    """The published courses of a version, in the order of learning."""
    ids = [item.object_id for item in path_of(programme, version).of_kind("course") if item.object_id]
    courses = Course.objects.published().in_bulk(ids)
    return [courses[pk] for pk in ids if pk in courses]
