"""Days on which there is no training, and the nearest ones on which there is."""

from collections.abc import Iterable
from datetime import date, timedelta

from courses.planning.models import DEFAULT_PERCENT, PlanningRule, Season

DAY = timedelta(days=1)
REACH = timedelta(days=120)  # seasons that follow each other without a gap are never longer than this


def blackouts(first: date, last: date) -> list[Season]:
    """The blackouts that touch the days from `first` to `last`, with those that lead up to them without a gap."""
    found = Season.objects.filter(blackout=True).between(first - REACH, last)
    kept: list[Season] = []
    front: date | None = None
    for season in sorted(found, key=lambda each: (each.ends_on, each.starts_on), reverse=True):
        adjoins = front is not None and front <= first and season.ends_on + DAY >= front
        if season.ends_on >= first or adjoins:
            kept.append(season)
            front = min(front or season.starts_on, season.starts_on)
    return sorted(kept, key=lambda each: (each.starts_on, each.ends_on))


def inside(day: date, seasons: Iterable[Season]) -> Season | None:
    """The blackout among `seasons` that holds the day."""
    return next((season for season in seasons if season.blackout and season.holds(day)), None)


def ahead_of(day: date, seasons: Iterable[Season]) -> date:
    """The last day before the blackout that holds `day`, and before those that adjoin it; `day` itself when none."""
    known = list(seasons)
    while season := inside(day, known):
        day = season.starts_on - DAY
    return day


def next_free(day: date, seasons: Iterable[Season]) -> date:
    """The first day from `day` on that no blackout holds."""
    known = list(seasons)
    while season := inside(day, known):
        day = season.ends_on + DAY
    return day


def usual_percent() -> int:
    """How many percent of a team may be in training at the same hour when no season says otherwise."""
    found = PlanningRule.objects.values_list("max_in_training_percent", flat=True).first()
    return DEFAULT_PERCENT if found is None else found


def percent_on(day: date, seasons: Iterable[Season], usual: int) -> int:
    """The limit of the day: the strictest of the seasons that hold it, else the usual one."""
    said = [s.max_in_training_percent for s in seasons if s.holds(day) and s.max_in_training_percent is not None]
    return min(said, default=usual)
