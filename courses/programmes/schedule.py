"""The windows of a version for a start: which day each stage opens, by when its items are due, or why that fails."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from courses.planning.models import Season
from courses.planning.seasons import ahead_of, blackouts
from courses.programmes.checks import HOURS_A_DAY, WORKING_DAYS
from courses.programmes.due import DAY, Deadline, Start, deadlines
from courses.programmes.kinds import Cohort, Facts, Window, facts_of
from courses.programmes.models import Assignment, DueRule, Item, Programme, Reason, Stage

HORIZON = timedelta(days=1500)


@dataclass(frozen=True)
class Path:
    """A version of a programme, read once: its stages and items in their order."""

    stages: list[Stage]
    items: list[Item]

    @cached_property
    def facts(self) -> dict[int, Facts]:
        return facts_of(self.items)

    @cached_property
    def minutes(self) -> int:
        """The time that the required items take."""
        return sum(self.facts[item.pk].minutes for item in self.items if item.required)

    @cached_property
    def needed(self) -> list[Stage]:
        """The stages in which something has to be done."""
        required = {item.stage_id for item in self.items if item.required}
        return [stage for stage in self.stages if stage.pk in required or stage.optional_needed]

    def of_kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def of_stage(self, stage: Stage) -> list[Item]:
        return [item for item in self.items if item.stage_id == stage.pk]


def path_of(programme: Programme, version: int) -> Path:
    """The path in two queries."""
    stages = list(programme.stages.filter(version=version))
    return Path(stages, list(Item.objects.of_version(programme.pk, version)))


@dataclass(frozen=True)
class Failed:
    """Why a person's windows cannot be: the day that the rules gave, and the reason."""

    day: date | None
    reason: Reason


Windows = dict[int, Window]


def after_last_class(path: Path, start: date, days: int) -> Deadline:
    """So many days after the last class of whoever starts on `start`."""
    classes = [
        window_of(item.stage, start).opens_on + (int(item.settings.get("day", 1)) - 1) * DAY
        for item in path.of_kind("session")
    ]
    return Deadline(max(classes) + days * DAY) if classes else Deadline(missing=Reason.NO_SESSION)


def window_of(stage: Stage, start: date) -> Window:
    """The days of the stage for whoever starts on `start`."""
    return Window(start + (stage.first_day - 1) * DAY, start + (stage.last_day - 1) * DAY)


def windows_for(
    path: Path, start: date, deadline: date | None, seasons: Collection[Season], *, on: date
) -> Windows | Failed:
    """The windows of all stages; what is due in a blackout is due ahead of it."""
    found: Windows = {}
    for stage in path.stages:
        plain = window_of(stage, start)
        due = ahead_of(deadline or plain.due_on, seasons)
        if (deadline or plain.due_on) < on:
            return Failed(deadline or plain.due_on, Reason.DUE_IN_PAST)
        if due < max(on, min(plain.opens_on, deadline or plain.opens_on)):
            return Failed(deadline or plain.due_on, Reason.IN_BLACKOUT)
        if deadline and stage in path.needed and plain.opens_on > deadline:
            return Failed(deadline, Reason.TOO_SHORT)
        found[stage.pk] = Window(min(plain.opens_on, due), due)
    last = max((window.due_on for window in found.values()), default=on)
    if deadline and path.minutes > working_minutes(max(start, on), last):
        return Failed(deadline, Reason.TOO_SHORT)
    return found


def working_minutes(first: date, last: date) -> int:
    """The working time from one day to another, both counted."""
    days = (last - first).days + 1
    weeks, rest = divmod(max(days, 0), 7)
    extra = sum((first + n * DAY).weekday() < WORKING_DAYS for n in range(rest))
    return (weeks * WORKING_DAYS + extra) * HOURS_A_DAY * 60


def windows_until(path: Path, start: date, until: date, *, on: date) -> Windows:
    """The windows of somebody who has time until a day that HR gave: what the stages allow, at most until then."""
    found: Windows = {}
    for stage in path.stages:
        plain = window_of(stage, start)
        due = plain.due_on if on <= plain.due_on <= until else until
        found[stage.pk] = Window(min(plain.opens_on, due), due)
    return found


def windows_anyway(path: Path, start: date, deadline: date | None, *, on: date) -> Windows:
    """The windows as the rules say them, whatever speaks against it; what is over is due at once."""
    found: Windows = {}
    for stage in path.stages:
        plain = window_of(stage, start)
        due = max(deadline or plain.due_on, on)
        found[stage.pk] = Window(min(plain.opens_on, due), due)
    return found


@dataclass
class Sorted:
    """People by what the rules mean for them: cohorts who can begin, and those who cannot with the reason."""

    cohorts: list[Cohort] = field(default_factory=list)
    failed: dict[int, Failed] = field(default_factory=dict)

    @cached_property
    def days(self) -> dict[int, date]:
        """The last due day of each person who can begin."""
        return {
            person: max((window.due_on for window in cohort.windows.values()), default=cohort.starts_on)
            for cohort in self.cohorts
            for person in cohort.people
        }


def sort_people(assignment: Assignment, path: Path, people: Sequence[tuple[int, date | None]], *, on: date) -> Sorted:
    """Apply the rules of the assignment to pairs of person and hire date; who has the same days is one cohort."""
    start_rule = Start(assignment.starts, assignment.starts_on)
    due = deadlines(assignment, path.items, dict(people), on=on)
    seasons = blackouts(on, on + HORIZON)
    groups: dict[tuple[date, date | None], list[int]] = {}
    found = Sorted()
    for person, hired_on in people:
        start, deadline = start_rule.of(hired_on, on), due[person]
        if start and assignment.due_rule == DueRule.AFTER_SESSION:
            deadline = after_last_class(path, start, assignment.due_days or 0)
        if start is None or deadline.missing:
            found.failed[person] = Failed(None, deadline.missing or Reason.NO_HIRE_DATE)
        elif hired_on and start < hired_on:
            found.failed[person] = Failed(start, Reason.BEFORE_HIRE)
        else:
            groups.setdefault((start, deadline.day), []).append(person)
    for (start, day), members in sorted(groups.items(), key=lambda group: (group[0][0], group[0][1] or date.max)):
        _sort_group(found, path, start, day, members, seasons, on)
    return found


def _sort_group(  # noqa: PLR0913, PLR0917 - what a group consists of
    found: Sorted,
    path: Path,
    start: date,
    deadline: date | None,
    people: list[int],
    seasons: Collection[Season],
    on: date,
) -> None:
    windows = windows_for(path, start, deadline, seasons, on=on)
    if isinstance(windows, Failed):
        found.failed |= dict.fromkeys(people, windows)
    else:
        found.cohorts.append(Cohort(start, people, windows))
