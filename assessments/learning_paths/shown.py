"""A path that was begun, as pages show it: what is next, why each course, how far it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assessments.learning_paths.models import LearningPath, PathStep
from courses.models import Competency
from trainingsite.people.models import User


def level_words(level: int) -> str:
    """A level by name; without one, that there is none yet."""
    return _("level %(level)s") % {"level": level} if level else _("not rated yet")


@dataclass(frozen=True)
class Move:
    """A competency's level before and after (of a course: up to which it teaches), and the one needed.

    Where it was looked ahead, `held` is the level now and `expected` that after the course, both 0 without a level.
    """

    competency: Competency
    before: int
    after: int
    need: int
    held: int | None = None
    expected: int | None = None

    @property
    def is_closed(self) -> bool:
        return self.after >= self.need

    @property
    def went_up(self) -> bool:
        return self.after > self.before

    @property
    def falls_short(self) -> bool:
        """Whether the level, expected or come of it, is still below the one needed."""
        level = self.held if self.expected is None else self.expected
        return level is not None and level < self.need

    @property
    def before_words(self) -> str:
        return level_words(self.before)

    @property
    def after_words(self) -> str:
        return level_words(self.after)

    @property
    def held_words(self) -> str:
        return level_words(self.held or 0)


@dataclass(frozen=True)
class StepShown:
    step: PathStep
    closes: tuple[Move, ...]

    @property
    def is_done(self) -> bool:
        return bool(self.step.enrolment and self.step.enrolment.completed_at)

    @property
    def is_open(self) -> bool:
        return bool(self.step.enrolment and self.step.enrolment.is_open)

    @property
    def falls_short(self) -> bool:
        """Whether it is done, and a level that it was for is still missing."""
        return self.is_done and any(move.falls_short for move in self.closes)


@dataclass(frozen=True)
class PathShown:
    path: LearningPath
    steps: tuple[StepShown, ...]

    @property
    def next(self) -> StepShown | None:
        """What to go on with."""
        return next((step for step in self.steps if step.is_open), None)

    @property
    def due_later(self) -> date | None:
        """The day on which the last open course is due, when that is after the path's own."""
        days = [each.step.enrolment.due_on for each in self.steps if each.is_open and each.step.enrolment]
        last = max((day for day in days if day), default=None)
        return last if last and self.path.due_on and last > self.path.due_on else None

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def minutes(self) -> int:
        return sum(each.step.minutes for each in self.steps)

    @property
    def minutes_done(self) -> int:
        return sum(each.step.minutes for each in self.steps if each.is_done)


@dataclass(frozen=True)
class Ended:
    """A path that is closed: how many courses were done of how many, and what had moved by then."""

    path: LearningPath
    done: int
    courses: int
    moved: tuple[Move, ...]


def latest_path(person: User) -> LearningPath | None:
    """The person's open path, or else the one closed last; with `courses`, and how many of them are `done`."""
    paths = LearningPath.objects.filter(person=person).select_related("given_by", "assignment__competency")
    completed = Q(steps__enrolment__completed_at__isnull=False)
    counted = paths.annotate(courses=Count("steps"), done=Count("steps", filter=completed))
    return counted.order_by("closed_at", "pk").last()  # PostgreSQL takes an empty moment for the latest


def ended(path: Any, known: Mapping[int, Competency]) -> Ended:
    """What is shown of a closed path; one query for competencies that are not known yet."""
    missing = {row["competency"] for row in path.moved} - known.keys()
    named = {**known, **(Competency.objects.in_bulk(missing) if missing else {})}
    return Ended(path, path.done, path.courses, _moves(path.moved, named))


def shown(paths: Iterable[LearningPath]) -> list[PathShown]:
    """Two queries, however many paths."""
    known = list(paths)
    rows: dict[int, list[PathStep]] = {path.pk: [] for path in known}
    for step in PathStep.objects.filter(path__in=known).select_related("course", "enrolment").order_by("position"):
        rows[step.path_id].append(step)
    closings = [closing for steps in rows.values() for step in steps for closing in step.closes]
    named = Competency.objects.in_bulk({closing["competency"] for closing in closings})
    return [_shown(path, rows[path.pk], named) for path in known]


def _shown(path: LearningPath, steps: Iterable[PathStep], named: Mapping[int, Competency]) -> PathShown:
    return PathShown(path, tuple(StepShown(step, _moves(step.closes, named)) for step in steps))


def _moves(closings: Iterable[dict[str, Any]], named: Mapping[int, Competency]) -> tuple[Move, ...]:
    return tuple(
        Move(named[row["competency"]], row["from"], row["to"], row["need"])
        for row in closings
        if row["competency"] in named
    )
