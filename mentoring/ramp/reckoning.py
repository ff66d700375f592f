"""From figures of days to bands and to the day of proficiency; pure arithmetic on arrays, nothing of the database.

A curve is what a person showed on the days of the ramp: `values[day - 1]`, not a number on days without a reading.

Smoothed: the figure of a day is the sum of numerators over the sum of denominators of the last three days with
readings, that day among them, so that one bad conversation on a quiet day is no relapse.

Band of a day: the chosen percentiles of what those who began before the cohort that is judged showed on that day of
their ramp; of fewer than five people there is none. Settled band: the same percentiles over all their days from the
settled day on, taken together. Percentiles count from the worse end: 10 is where one in ten was worse, whichever
direction is better.

Inside: at least as good as the worse edge of the settled band; better than the whole band is inside too. Proficient: on
the first day of the first run of so many days in a row that are inside on all chosen figures. Days without readings
neither break a run nor count; nor do days on which one of the figures is missing, unless another one is outside.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

SMOOTHED_DAYS = 3
FEWEST_PEOPLE = 5


class Ends(NamedTuple):
    """Percentiles of a band, from the worse end."""

    low: int
    high: int
    lower_is_better: bool = False

    @property
    def percentiles(self) -> tuple[int, int, int]:
        """Of the numbers, the smallest first."""
        return (100 - self.high, 50, 100 - self.low) if self.lower_is_better else (self.low, 50, self.high)


class Band(NamedTuple):
    """Numbers, the smallest first, and of how many people they are."""

    low: float
    middle: float
    high: float
    people: int

    def holds(self, values: Values, *, lower_is_better: bool) -> Flags:
        """Which of the values are inside; what is not a number never is."""
        held: Flags = values <= self.high if lower_is_better else values >= self.low
        return held


def smoothed(numerators: Values, denominators: Values, scale: float = 1) -> Values:
    """The figures of days with readings, one after another, each over the last days."""
    return scale * _last_summed(numerators) / _last_summed(denominators)


def _last_summed(amounts: Values) -> Values:
    summed = amounts.astype(np.float64, copy=True)
    for back in range(1, min(SMOOTHED_DAYS, len(amounts))):
        summed[back:] += amounts[:-back]
    return summed


def curve(days: Sequence[int], values: Values, horizon: int) -> Values:
    """The values at their days, out of `horizon` days."""
    spread = np.full(horizon, np.nan)
    spread[np.asarray(days, dtype=np.int64) - 1] = values
    return spread


def bands_by_day(curves: Values, ends: Ends) -> list[Band | None]:
    """The band of each day of people's curves (people x days)."""
    return [_band(column[~np.isnan(column)], ends) for column in curves.T]


def settled_band(curves: Values, settled_from: int, ends: Ends) -> Band | None:
    """The band of all days from the settled one on."""
    late = curves[:, settled_from - 1 :]
    known = ~np.isnan(late)
    return _band(late[known], ends, people=int(known.any(axis=1).sum()))


def _band(values: Values, ends: Ends, people: int | None = None) -> Band | None:
    of = len(values) if people is None else people
    if of < FEWEST_PEOPLE:
        return None
    low, middle, high = np.percentile(values, ends.percentiles)
    return Band(float(low), float(middle), float(high), of)


class Judged:
    """Which days are inside on all figures; figures are added one by one, so that one at a time is held."""

    def __init__(self, people: int, days: int) -> None:
        self.inside: Flags = np.ones((people, days), dtype=np.bool_)  # on all figures so far
        self.outside: Flags = np.zeros((people, days), dtype=np.bool_)  # on any figure so far
        self.figures = 0

    def add(self, curves: Values, settled: Band | None, *, lower_is_better: bool) -> None:
        """Without a settled band nobody can be inside."""
        self.figures += 1
        if settled is None:
            self.inside[:] = False
            return
        held = settled.holds(curves, lower_is_better=lower_is_better)
        self.inside &= held
        self.outside |= ~held & ~np.isnan(curves)

    def proficient_days(self, run_days: int) -> list[int | None]:
        """For each person the day of proficiency, None where there is none yet."""
        if not self.figures:
            return [None] * len(self.inside)
        return [first_run(*flags, run_days) for flags in zip(self.inside, self.outside, strict=True)]


def first_run(inside: Flags, outside: Flags, run_days: int) -> int | None:
    """The first day of the first run of days inside that no day outside breaks; day 1 is the first of the flags."""
    run: list[int] = []
    for index in np.flatnonzero(inside | outside):
        if outside[index]:
            run = []
            continue
        run.append(int(index) + 1)
        if len(run) == run_days:
            return run[0]
    return None


def run_of(inside: Flags, outside: Flags, run_days: int) -> tuple[int, int] | None:
    """The first and the last day of the run that made somebody proficient."""
    first = first_run(inside, outside, run_days)
    if first is None:
        return None
    counted = np.flatnonzero(inside[first - 1 :] & ~outside[first - 1 :])
    return first, first + int(counted[run_days - 1])


def streak(inside: Flags, outside: Flags) -> int:
    """How many days inside there are since the last day outside: what a run that goes on has so far."""
    broken = np.flatnonzero(outside)
    return int(inside[broken[-1] + 1 if len(broken) else 0 :].sum())
