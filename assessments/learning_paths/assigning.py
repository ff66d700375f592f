"""Give everybody with the same gap what closes it: who would get what, the worker's part, and taking it back."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.acts import FOLLOW_PATHS, WRITE_PATHS
from assessments.learning_paths.beginning import Given, begin, dated, lock_without_path
from assessments.learning_paths.models import LearningPath, Origin, PathAssignment, PathStep
from assessments.learning_paths.notices import tell_assigned, tell_taken_back
from assessments.learning_paths.suggestions import Suggestion, suggest_for
from assessments.profiles.fitting import Gap, NeedOf, Wanted, asked_on, of_job
from assessments.profiles.past import Job as Post
from assessments.ratings.models import CurrentLevel
from courses.models import Competency, Enrolment
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import Department, User

JOB = "assign-paths"
BATCH = 50
MOST = 300  # people at once, so that all of them can be looked at before
OPEN, NOTHING, NO_GAP = "open", "nothing", "no_gap"
PASSED_OVER = {
    OPEN: gettext_lazy("has another path open"),
    NOTHING: gettext_lazy("no course closes it"),
    NO_GAP: gettext_lazy("has the level by now"),
}


@dataclass(frozen=True)
class Sought:
    """Whose gap: of a competency, up to a level (0: each one's own need), in a department, of a role profile."""

    competency: Competency
    level: int = 0
    department: Department | None = None
    profile_id: int | None = None


@dataclass(frozen=True)
class Row:
    """A person with the gap, what would be given, and whether another path is open."""

    person: User
    gap: Gap
    suggestion: Suggestion | None
    has_path: bool

    @property
    def state(self) -> str:
        """Why the person gets nothing; empty for who gets something."""
        if self.has_path:
            return OPEN
        return "" if self.suggestion is not None and self.suggestion.steps else NOTHING

    @property
    def minutes(self) -> int:
        return self.suggestion.minutes if self.suggestion and not self.state else 0

    @property
    def why(self) -> str:
        return str(PASSED_OVER.get(self.state, ""))


@dataclass(frozen=True)
class Preview:
    """Who has the gap, by name; without suggestions when they are too many. `profiles`: those of the people asked."""

    rows: tuple[Row, ...]
    profiles: tuple[tuple[int, str], ...]
    count: int

    @property
    def getting(self) -> list[Row]:
        return [row for row in self.rows if not row.state]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)


def within_reach(by: User, on: date) -> QuerySet[User]:
    """The people whom `by` may give paths: HR everybody who learns, a supervisor the own people, nobody themselves."""
    people: QuerySet[User] = User.objects.employed(on).who_may(FOLLOW_PATHS).exclude(pk=by.pk)
    if by.may(WRITE_PATHS):
        return people
    own = Q(pk__in=[])
    for path in by.supervised_paths:
        own |= Q(department__path__startswith=path)
    return people.filter(own)


def preview(sought: Sought, people: QuerySet[User], on: date) -> Preview:
    """Who of the people has the gap, and what each would get. Five queries, however many they are."""
    held = list(_with_level(sought, people))
    asked = asked_on({person.position_id for person in held if person.position_id}, on)
    found = dict(_gaps(sought, held, asked))
    profiles = {wanted.profile_id: wanted.title for wanted in asked.values()}
    suggested = suggest_for(found, [sought.competency], on) if len(found) <= MOST else {}
    rows = tuple(
        Row(person, found[person.pk][1], suggested.get(person.pk), person.has_path)  # type: ignore[attr-defined]  # annotated
        for person in held
        if person.pk in found
    )
    return Preview(rows[:MOST], tuple(sorted(profiles.items(), key=lambda each: each[1])), len(rows))


def _with_level(sought: Sought, people: QuerySet[User]) -> QuerySet[User]:
    """By name, each with `level` in the competency and `has_path`, whether one is open."""
    if sought.department is not None:
        people = people.in_department(sought.department)  # type: ignore[attr-defined]  # its manager's queryset
    levels = CurrentLevel.objects.filter(person=OuterRef("pk"), competency=sought.competency).values("level")
    paths = LearningPath.objects.open().filter(person=OuterRef("pk"))
    related = people.select_related("department").order_by("sort_key", "pk")
    return related.annotate(level=Subquery(levels), has_path=Exists(paths))


def _gaps(
    sought: Sought, people: Iterable[Any], asked: dict[tuple[int, str], Wanted]
) -> Iterator[tuple[int, tuple[Wanted, Gap]]]:
    for person in people:
        wanted = of_job(Post(person.position_id, person.grade, person.department_id), asked)
        if wanted is None or sought.profile_id not in (None, wanted.profile_id):
            continue
        need = next((each for each in wanted.needs if each.competency_id == sought.competency.pk), None)
        if need and (gap := _gap(sought, need, person.level or 0)):
            yield person.pk, (wanted, gap)


def _gap(sought: Sought, need: NeedOf, level: int) -> Gap | None:
    """The gap up to the level asked for, as far as the person's own profile needs it."""
    goal = sought.level or need.level
    return Gap(need.competency_id, level, goal, need.weight) if level < goal <= need.level else None


@transaction.atomic
def assign(sought: Sought, people_ids: Collection[int], *, due_on: date, by: User, at: datetime) -> PathAssignment:
    """Let a worker give these people what closes the gap; `sought` names the competency and the level.

    Refused without people, with somebody out of reach, with too many, and for a day that has passed.
    """
    wanted = set(people_ids)
    _check(wanted, due_on, by, company_day(at))
    made = PathAssignment.objects.create(
        competency=sought.competency, level=sought.level, due_on=due_on, by=by, wanted=len(wanted)
    )
    title = _("Learning paths for “%(competency)s”") % {"competency": sought.competency}
    arguments = {"assignment": made.pk, "people": sorted(wanted)}
    made.job = jobs.start(
        JOB, title=title, owner=by, arguments=arguments, back_url=reverse("path-assignment", args=[made.pk])
    )
    made.save(update_fields=["job"])
    return made


def _check(wanted: set[int], due_on: date, by: User, on: date) -> None:
    if not wanted:
        raise Refused(_("Choose at least one person."), field="people", code="nobody_chosen")
    if len(wanted) > MOST:
        raise Refused(_("At most %(n)s people at once.") % {"n": MOST}, field="people", code="too_many_people")
    if within_reach(by, on).filter(pk__in=wanted).count() != len(wanted):
        raise Refused(_("Somebody chosen is not among your people."), field="people", code="person_out_of_reach")
    if due_on < on:
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")


@jobs.JOB_KINDS.registers(JOB)
def assign_in_job(job: Job) -> str:
    """Some people at a time, each batch in its own transaction; taken up again, it passes over who has a path."""
    assignment = PathAssignment.objects.select_related("competency", "by").get(pk=job.arguments["assignment"])
    people = job.arguments["people"]
    for start in range(0, len(people), BATCH):
        give(assignment, people[start : start + BATCH], at=clock.now())
        jobs.progress(job, min(start + BATCH, len(people)), len(people))
    given = assignment.paths.count()
    return ngettext("%(n)s person has a learning path now.", "%(n)s people have a learning path now.", given) % {
        "n": given
    }


@transaction.atomic
def give(assignment: PathAssignment, people_ids: Sequence[int], *, at: datetime) -> list[LearningPath]:
    """Begin the path of each who still has the gap and no other path, and tell them; note who got nothing, and why."""
    on = company_day(at)
    free = lock_without_path(people_ids)
    sought = Sought(assignment.competency, assignment.level)
    rows = {row.person.pk: row for row in preview(sought, User.objects.filter(pk__in=free), on).rows}
    chosen = [(row.suggestion, row.suggestion.steps) for row in rows.values() if row.suggestion and not row.state]
    given = Given(Origin.ASSIGNED, assignment.by, at, assignment)
    paths = begin(dated(chosen, max(assignment.due_on, on), on), given)
    had = {*assignment.paths.values_list("person", flat=True), *(pk for pk, _why in assignment.passed_over)}
    without = [(pk, _why_not(pk, free, rows)) for pk in people_ids if pk not in had]
    assignment.passed_over = [*assignment.passed_over, *([pk, why] for pk, why in without)]
    assignment.save(update_fields=["passed_over"])
    tell_assigned(paths, assignment)
    return paths


def _why_not(person_id: int, free: Collection[int], rows: dict[int, Row]) -> str:
    if person_id not in free:
        return OPEN
    return rows[person_id].state if person_id in rows else NO_GAP


def begun(assignment: PathAssignment) -> QuerySet[PathStep]:
    """The steps at whose course somebody has begun since it was given; while there is none it can be taken back."""
    given = PathStep.objects.filter(path__assignment=assignment, gave=True)
    return given.filter(enrolment__started_at__isnull=False)


@transaction.atomic
def take_back(assignment: PathAssignment, *, at: datetime) -> PathAssignment:
    """Withdraw what the assignment gave, as long as nobody has begun; a repeat changes nothing."""
    found = PathAssignment.objects.select_for_update(of=("self",)).select_related("job").get(pk=assignment.pk)
    if found.undone_at:
        return found
    if found.job is not None and not found.job.is_over:
        raise Refused(_("It is still being given; wait for the end."), code="assignment_running")
    reason = _("The assignment was taken back")
    gave = Enrolment.objects.filter(
        pk__in=PathStep.objects.filter(path__assignment=found, gave=True).values("enrolment")
    )
    list(gave.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if begun(found).exists():
        raise Refused(_("Somebody has begun already."), code="assignment_begun")
    gave.open().update(withdrawn_at=at, withdrawn_reason=reason)  # as `withdraw` does for one
    paths = list(found.paths.open().select_for_update())
    found.paths.open().update(closed_at=at, closed_reason=reason)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    tell_taken_back(paths)
    return found
