"""Take a path on, end it, and let it end by itself when its courses are done."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.learning_paths.beginning import Given, begin, dated, lock_without_path
from assessments.learning_paths.choosing import of_use
from assessments.learning_paths.models import LearningPath, Origin, PathStep
from assessments.learning_paths.notices import tell_done
from assessments.learning_paths.pace import HOURS_A_WEEK, pace, seasons_after
from assessments.learning_paths.suggestions import Step, Suggestion, suggest
from assessments.ratings.models import CurrentLevel
from courses.models import Enrolment
from trainingsite.core.days import company_day
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


class SuggestionChanged(Refused):
    """What was looked at is no longer what would be suggested; nothing was done."""

    def __init__(self) -> None:
        text = _("What is suggested has changed since this page was opened. Nothing was taken on; look at it again.")
        super().__init__(text, code="suggestion_changed")


@transaction.atomic
def accept(
    person: User, *, mark: str, courses: Collection[int], at: datetime, due_on: date | None = None
) -> LearningPath:
    """Take on these courses of the suggestion that was seen (its `mark`), and enrol in them.

    Refused when another path is open, when something else is suggested by now, and without a course that is needed
    first; what is there only because a course that was left out needs it is left out
    too. Without a date the last course is due when all is done at the usual pace.
    """
    on = company_day(at)
    if not lock_without_path([person.pk]):
        raise Refused(_("Another learning path is open; finish it or end it first."), code="path_open")
    found = suggest(person, on)
    if found is None or found.mark != mark:
        raise SuggestionChanged
    chosen = _chosen(found, courses)
    last = _last_day(chosen, due_on, on)
    return begin(dated([(found, chosen)], last, on), Given(Origin.ACCEPTED, None, at))[0]


def _chosen(found: Suggestion, courses: Collection[int]) -> list[Step]:
    chosen = of_use(found.steps, courses)
    if not chosen:
        raise Refused(_("Choose at least one course."), field="courses", code="no_course_chosen")
    asked = {pk for step in chosen for pk in step.needs} - {step.course.pk for step in chosen}
    if missing := [str(step.course) for step in found.steps if step.course.pk in asked]:
        words = _("A course that you chose needs this one first: %(courses)s.") % {"courses": listed(missing)}
        raise Refused(words, field="courses", code="course_needed_first")
    return chosen


def _last_day(chosen: Sequence[Step], due_on: date | None, on: date) -> date:
    if due_on is not None and due_on < on:
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")
    return due_on or pace(sum(step.minutes for step in chosen), HOURS_A_WEEK, on, seasons_after(on)).done_on


@transaction.atomic
def close(path: LearningPath, *, reason: str, at: datetime) -> LearningPath:
    """End the path before it is done; its courses stay with the person. A repeat changes nothing."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found = LearningPath.objects.select_for_update().get(pk=path.pk)
    if found.closed_at is None:
        write_end([found], at, reason.strip())
    return found


@transaction.atomic
def follow(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Called when courses are completed: steps follow, and a path whose last course it was is done."""
    done = Enrolment.objects.filter(pk__in=enrolment_ids, person__learning_paths__closed_at=None).distinct()
    completed = {(person, course): pk for pk, person, course in done.values_list("pk", "person", "course")}
    people = {person for person, _course in completed}
    if not people:
        return
    open_paths = LearningPath.objects.open().filter(person__in=people).select_for_update().order_by("pk")
    paths = [path for path in open_paths if _step_on(path, completed)]
    waiting = PathStep.objects.filter(
        path__in=paths, enrolment__completed_at=None, enrolment__withdrawn_at=None, enrolment__isnull=False
    )
    going_on = set(waiting.values_list("path", flat=True))
    if finished := [path for path in paths if path.pk not in going_on]:
        write_end(finished, at, "")
        tell_done(finished)


def _step_on(path: LearningPath, completed: dict[tuple[int, int], int]) -> bool:
    """Whether the path has one of these courses; a step follows the enrolment by which its course was completed."""
    courses = {course: pk for (person, course), pk in completed.items() if person == path.person_id}
    steps = list(path.steps.filter(course__in=courses))
    for step in steps:
        step.enrolment_id = courses[step.course_id]
    PathStep.objects.bulk_update(steps, ["enrolment"])
    return bool(steps)


def write_end(paths: Sequence[LearningPath], at: datetime, reason: str) -> None:
    """Note that they are closed, and what has moved by now."""
    steps = PathStep.objects.filter(path__in=paths)
    people = [path.person_id for path in paths]
    levels = dict(_levels(people, {row["competency"] for step in steps for row in step.closes}))
    for path in paths:
        path.closed_at, path.closed_reason = at, reason[:200]
        path.moved = moved([step for step in steps if step.path_id == path.pk], path.person_id, levels)
    LearningPath.objects.bulk_update(paths, ["closed_at", "closed_reason", "moved"])


def _levels(people: Collection[int], competencies: Collection[int]) -> Iterable[tuple[tuple[int, int], int | None]]:
    found = CurrentLevel.objects.filter(person__in=people, competency__in=competencies)
    return (((person, which), level) for person, which, level in found.values_list("person", "competency", "level"))


def moved(steps: Iterable[PathStep], person_id: int, levels: dict[tuple[int, int], int | None]) -> list[dict[str, Any]]:
    """Each competency of the path: its level before, the one by now, and the one needed."""
    rows: dict[int, dict[str, Any]] = {}
    for step in steps:
        for closing in step.closes:
            now = levels.get((person_id, closing["competency"])) or 0
            rows.setdefault(closing["competency"], {**closing, "to": now})
    return list(rows.values())
