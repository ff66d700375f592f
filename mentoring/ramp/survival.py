"""How fast cohorts become proficient, with those who are not (yet) counted for as long as they were seen.

Kaplan-Meier: whoever left, or is still on the way, is censored on the last day seen; he or she counts among those who
could have become proficient until then and is not dropped. The interval (95 %) is Greenwood's, on the log-log scale, so
that it stays between 0 and 1. The median is the first day on which half are proficient; its interval holds the days on
which the interval of the curve holds one half (Brookmeyer and Crowley). Two cohorts are compared by the log-rank test.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import isnan
from typing import Any
from warnings import catch_warnings

HALF = 0.5
CRUMB = 1e-9  # what binary fractions leave


@dataclass(frozen=True)
class Survival:
    """`shares[i]` of the people are proficient by day `days[i]`; steps only where somebody became so."""

    people: int
    proficient: int
    days: list[int]
    shares: list[float]
    lows: list[float]
    highs: list[float]

    @property
    def median(self) -> int | None:
        return self._reached(self.shares)

    @property
    def median_low(self) -> int | None:
        """The earliest day that the median may be."""
        return self._reached(self.highs)

    @property
    def median_high(self) -> int | None:
        return self._reached(self.lows)

    def share_by(self, day: int) -> float:
        """The share that is proficient by the day."""
        return next((share for at, share in zip(self.days[::-1], self.shares[::-1], strict=True) if at <= day), 0.0)

    def _reached(self, shares: list[float]) -> int | None:
        return next((day for day, share in zip(self.days, shares, strict=True) if share >= HALF - CRUMB), None)


def survival(days: Sequence[int], proficient: Sequence[bool]) -> Survival:
    """Of people, each with the day of proficiency or the last day seen."""
    from scipy.stats import ecdf  # here: half a second that few processes need

    if not any(proficient):
        return Survival(len(days), 0, [], [], [], [])
    with _undefined_allowed():
        left = ecdf(_sample(days, proficient)).sf
        interval = left.confidence_interval(method="log-log")
    drawn = Survival(len(days), sum(proficient), [], [], [], [])
    of = (left.quantiles, left.probabilities, interval.low.probabilities, interval.high.probabilities)
    for day, share, low, high in zip(*of, strict=True):
        if 1 - share > (drawn.shares[-1] if drawn.shares else 0) + CRUMB:
            drawn.days.append(int(day))
            drawn.shares.append(1 - float(share))
            drawn.lows.append(max(_or(1 - float(high), 0.0), drawn.lows[-1] if drawn.lows else 0.0))
            drawn.highs.append(_or(1 - float(low), 1.0))
    return drawn


def _or(share: float, undefined: float) -> float:
    return undefined if isnan(share) else share


def _undefined_allowed() -> AbstractContextManager[None]:
    """Where nobody is left the interval has no value, and SciPy warns of it."""
    return catch_warnings(action="ignore", category=RuntimeWarning)


def _sample(days: Sequence[int], proficient: Sequence[bool]) -> Any:
    from scipy.stats import CensoredData

    return CensoredData.right_censored(list(days), [not done for done in proficient])


def log_rank(one: tuple[Sequence[int], Sequence[bool]], other: tuple[Sequence[int], Sequence[bool]]) -> float | None:
    """How probable such a difference between two cohorts is if there is none (p); None when nobody is proficient."""
    from scipy.stats import logrank

    if not any(one[1]) and not any(other[1]):
        return None
    with _undefined_allowed():
        p = float(logrank(_sample(*one), _sample(*other)).pvalue)
    return None if isnan(p) else p
