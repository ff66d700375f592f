"""Give a programme to an audience."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.audiences.actions import Conditions, people_matching
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.enrolment.actions import enrol_many
from courses.enrolment.models import Enrolment
from courses.programmes.due import Due, date_people
from courses.programmes.models import Assignment, DueException, Programme
from courses.programmes.notices import tell_assigned
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.people.models import User

JOB = "assign_programme"
Report = Callable[[int, int], None]


@transaction.atomic
def assign(  # noqa: PLR0913 - what an assignment consists of
    programme: Programme,
    audience: Audience,
    *,
    by: User,
    on: date,
    due_rule: str,
    due_on: date | None = None,
    due_days: int | None = None,
    token: UUID,
) -> Assignment:
    """Give the programme to everybody whom the audience has on the day; a worker enrols them, see `job`.

    A repeat with the same token returns the same assignment and starts nothing.
    """
    assignment, created = _record(programme, audience, by, on, Due(due_rule, due_on, due_days), token)
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
    by: User,
    on: date,
    due: Due,
    token: UUID,
    tell: bool = True,
) -> Assignment:
    """The same without a worker, for generated history (`tell=False`) and small audiences."""
    assignment, created = _record(programme, audience, by, on, due, token)
    return carry_out(assignment, tell=tell) if created else assignment


def _record(
    programme: Programme, audience: Audience, by: User, on: date, due: Due, token: UUID
) -> tuple[Assignment, bool]:
    """The assignment of this token, checked and made when it is not there yet."""
    if known := Assignment.objects.filter(token=token).first():
        return known, False
    due.check(on)
    if programme.archived_at:
        raise Refused(_("This programme is in the archive."), field="programme", code="programme_archived")
    if not courses_of(programme):
        raise Refused(_("This programme has no published course."), field="programme", code="programme_empty")
    if not people_matching(audience.conditions, on=on).exists():
        raise Refused(_("Nobody matches this audience."), field="audience", code="audience_empty")
    values = {
        "programme": programme,
        "audience": audience,
        "assigned_by": by,
        "assigned_on": on,
        "due_rule": due.rule,
        "due_on": due.on if due.rule == "fixed" else None,
        "due_days": None if due.rule == "fixed" else due.days,
    }
    return Assignment.objects.get_or_create(token=token, defaults=values)


def carry_out(assignment: Assignment, *, tell: bool = True, report: Report = lambda _done, _total: None) -> Assignment:
    """Enrol the people of the assignment, course by course; whoever was enrolled by an interrupted try stays so.

    People whose computed day cannot be met are listed as exceptions instead.
    """
    on = assignment.assigned_on
    people = list(people_matching(assignment.audience.conditions, on=on).values_list("pk", "hired_on"))
    dated = date_people(people, Due(assignment.due_rule, assignment.due_on, assignment.due_days), on=on)
    DueException.objects.bulk_create(
        [
            DueException(assignment=assignment, person_id=person, computed_on=day, reason=reason)
            for person, (day, reason) in dated.exceptions.items()
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    enrol_in_courses(assignment, dated.days, on=on, report=report)
    with transaction.atomic():
        assignment.reached, assignment.enrolled = len(people), assignment.enrolments.count()
        assignment.save(update_fields=["reached", "enrolled"])
        if tell:
            tell_assigned(assignment)
    return assignment


def enrol_in_courses(
    assignment: Assignment, days: dict[int, date], *, on: date, report: Report = lambda _done, _total: None
) -> int:
    """Enrol these people, each with the own day, in every published course of the assignment's programme."""
    courses = courses_of(assignment.programme)
    made = 0
    for number, course in enumerate(courses, start=1):
        made += enrol_many(list(days), course, on=on, due_on=days, assignment=assignment, tell=False)
        report(number, len(courses))
    return made


def courses_of(programme: Programme) -> list[Course]:
    """The courses that the programme gives at present, in order."""
    return list(programme.courses.published().order_by("programme_items__position", "programme_items__pk"))  # type: ignore[attr-defined]


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


def preview(programme: Programme, conditions: Conditions, due: Due, *, on: date) -> Preview:
    """Say what `assign` would do on the day; changes nothing."""
    people = people_matching(conditions, on=on)
    dated = date_people(people.values_list("pk", "hired_on"), due, on=on)
    courses = courses_of(programme)
    open_pairs = Enrolment.objects.open().filter(course__in=courses, person__in=people)
    learning: dict[int, set[int]] = {course.pk: set() for course in courses}
    for course, person in open_pairs.values_list("course_id", "person_id"):
        if person in dated.days:
            learning[course].add(person)
    reach = [CourseReach(c, len(learning[c.pk]), len(dated.days) - len(learning[c.pk])) for c in courses]
    return Preview(
        people=len(dated.days) + len(dated.exceptions),
        learning=len(set().union(*learning.values())),
        exceptions=len(dated.exceptions),
        courses=reach,
    )
