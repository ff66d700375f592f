"""Rules of due dates and of starts: which day a rule means for each person."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.programmes.models import Assignment, DueRule, Item, Reason, Starts
from trainingsite.core.errors import Refused
from trainingsite.core.registry import Registry

MOST_DAYS = 3650
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """When a plan is due: at the end of each stage, on a fixed day, or days from something in a person's life."""

    rule: str
    on: date | None = None
    days: int | None = None

    def check(self, today: date) -> None:
        """Raise Refused at the field that is missing or means nothing."""
        if self.rule == DueRule.STAGES:
            return
        if self.rule == DueRule.FIXED:
            check_day(self.on, today, "due_on")
        elif self.days is None or not 1 <= self.days <= MOST_DAYS:
            text = _("A whole number of days from 1 to %(most)s.") % {"most": MOST_DAYS}
            raise Refused(text, field="due_days", code="due_days_out_of_range")


def check_day(day: date | None, today: date, field: str) -> None:
    """Refuse a day that is missing or over."""
    if day is None:
        raise Refused(_("Say the day."), field=field, code=f"{field.removesuffix('_on')}_missing")
    if day < today:
        raise Refused(_("This date has passed."), field=field, code=f"{field.removesuffix('_on')}_in_past")


@dataclass(frozen=True)
class Start:
    """From which day the stages count: the same for all, the day of joining, or the hire date."""

    rule: str = Starts.ON_JOINING
    on: date | None = None

    def check(self, today: date) -> None:
        if self.rule == Starts.FIXED:
            check_day(self.on, today, "starts_on")

    def of(self, hired_on: date | None, joined_on: date) -> date | None:
        """A person's day 1; None when the hire date is needed and nobody knows it."""
        if self.rule == Starts.FIXED:
            return self.on
        return joined_on if self.rule == Starts.ON_JOINING else hired_on


# What a date of a person's own life is: items of the version, ids of people, the day -> the day of each who has one.
Dates = Callable[[list[Item], Collection[int], date], dict[int, date]]


@dataclass(frozen=True)
class DueSource:
    """Where the days of a due rule count from; `missing` is the reason of an exception without such a day."""

    dates: Dates
    missing: Reason
    before: bool = False


DUE_SOURCES: Registry[DueSource] = Registry("due source")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which a person has to be done with everything; without a rule of its own the stages say it."""

    day: date | None = None
    missing: Reason | None = None


def deadlines(
    assignment: Assignment, items: list[Item], people: dict[int, date | None], *, on: date
) -> dict[int, Deadline]:
    """The deadline of each person (with the hire date) by the rule of the assignment, as far as it needs no start."""
    rule, days = assignment.due_rule, timedelta(days=assignment.due_days or 0)
    if rule in {DueRule.STAGES, DueRule.AFTER_SESSION}:
        return dict.fromkeys(people, Deadline())
    if rule == DueRule.FIXED:
        return dict.fromkeys(people, Deadline(assignment.due_on))
    if rule == DueRule.AFTER_ASSIGNMENT:
        return dict.fromkeys(people, Deadline(on + days))
    if rule == DueRule.AFTER_HIRE:
        unknown = Deadline(missing=Reason.NO_HIRE_DATE)
        return {pk: Deadline(hired + days) if hired else unknown for pk, hired in people.items()}
    source = DUE_SOURCES[rule]
    known = source.dates(items, people, on)
    days = -days if source.before else days
    return {pk: Deadline(known[pk] + days) if pk in known else Deadline(missing=source.missing) for pk in people}
