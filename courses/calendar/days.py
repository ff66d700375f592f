"""The days of the calendar with what is on them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from courses.calendar.sources import Entry, Mark, Window, entries_of, marks_of
from courses.calendar.spans import DAY, Span


@dataclass
class Day:
    """A day on which something is; `inside` is whether it belongs to the month itself."""

    date: date
    inside: bool
    is_today: bool
    may_plan: bool
    entries: list[Entry] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether a list leaves it out: nothing is on, and it is no more than a day of a long season."""
        return not (self.entries or self.is_today or any(mark.first == mark.last for mark in self.marks))


def days_of(span: Span, window: Window, *, today: date, plans: bool) -> list[Day]:
    """The days with entries or marks, and today; a planner's are all, since each can be planned on."""
    on, marked = _by_day(entries_of(window)), _marked(marks_of(window))
    found = []
    for number in range((span.last - span.first).days + 1):
        day = span.first + number * DAY
        may_plan = plans and day >= today
        if on[day] or marked[day] or day == today or may_plan:
            found.append(Day(day, span.holds(day), day == today, may_plan, on[day], marked[day]))
    return found


def _by_day(entries: Sequence[Entry]) -> defaultdict[date, list[Entry]]:
    found: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.day].append(entry)
    return found


def _marked(marks: Sequence[Mark]) -> defaultdict[date, list[Mark]]:
    found: defaultdict[date, list[Mark]] = defaultdict(list)
    for mark in marks:
        for day in _each(mark):
            found[day].append(mark)
    return found


def _each(mark: Mark) -> Iterator[date]:
    for number in range((mark.last - mark.first).days + 1):
        yield mark.first + number * DAY
