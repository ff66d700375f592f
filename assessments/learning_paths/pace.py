"""How long hours of courses take beside the work, and when each of them is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from courses.planning.models import Season
from courses.planning.seasons import ahead_of, blackouts, inside

DAY = timedelta(days=1)
HOURS_A_WEEK = 2  # what is reckoned with unless the reader chooses otherwise
CHOICES = (1, 2, 3, 5, 8)
WEEK = 7
LONGEST = timedelta(days=3 * 365)


class Pace(NamedTuple):
    """So many hours a week, and the day on which all is done at that."""

    hours: int
    done_on: date


def seasons_after(on: date) -> list[Season]:
    """The peak seasons to come, in which nobody learns; one query."""
    return blackouts(on, on + LONGEST)


def pace(minutes: int, hours: int, on: date, seasons: Sequence[Season]) -> Pace:
    """Learning begins tomorrow, evenly on all days outside peak seasons."""
    left, day = ceil(minutes * WEEK / (hours * 60)), on
    while left > 0 and day < on + LONGEST:
        day += DAY
        left -= inside(day, seasons) is None
    return Pace(hours, day)


def due_dates(running: Sequence[int], on: date, due_on: date, seasons: Sequence[Season]) -> list[date]:
    """A day for each step by its share of the minutes, the last one on `due_on`; ahead of peak seasons, not in them."""
    days = (due_on - on).days
    spread = [on + ceil(days * minutes / running[-1]) * DAY for minutes in running]
    return [max(on, ahead_of(day, seasons)) for day in spread]
