"""How fast cohorts become proficient, with those who are not (yet) counted for as long as they were seen.

Kaplan-Meier: whoever left, or is still on the way, is censored on the last day seen; he or she counts among those who
could have become proficient until then and is not dropped. The interval (95 %) is Greenwood's, on the log-log scale, so
that it stays between 0 and 1. The median is the first day on which half are proficient; its interval holds the days on
which the interval of the curve holds one half (Brookmeyer and Crowley). Two cohorts are compared by the log-rank test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

HALF = 0.5
DIGITS = 9  # beyond them a share is what binary fractions leave


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
        return next((day for day, share in zip(self.days, shares, strict=True) if share >= HALF), None)


def survival(days: Sequence[int], proficient: Sequence[bool]) -> Survival:
    """Of people, each with the day of proficiency or the last day seen."""
    from scipy.stats import ecdf  # here: half a second that few processes need

    if not any(proficient):
        return Survival(len(days), 0, [], [], [], [])
    open_still = ecdf(_sample(days, proficient)).sf
    interval = open_still.confidence_interval(method="log-log")
    steps = [
        (int(day), _share(left), _share(high), _share(low))
        for day, left, low, high, gone in zip(
            open_still.quantiles,
            open_still.probabilities,
            interval.low.probabilities,
            interval.high.probabilities,
            _fallen(open_still.probabilities),
            strict=True,
        )
        if gone
    ]
    on, shares, lows, highs = (list(column) for column in zip(*steps, strict=True))
    return Survival(len(days), sum(proficient), on, shares, lows, highs)


def _fallen(probabilities: Any) -> list[bool]:
    """Where the curve makes a step."""
    before = [1.0, *probabilities[:-1]]
    return [now < then for then, now in zip(before, probabilities, strict=True)]


def _share(left: float) -> float:
    """One minus the share left; where all are proficient the interval has no width and is not a number."""
    return 1.0 if left != left else round(1.0 - float(left), DIGITS)  # noqa: PLR0124 - nan is not itself


def _sample(days: Sequence[int], proficient: Sequence[bool]) -> Any:
    from scipy.stats import CensoredData

    return CensoredData.right_censored(list(days), [not done for done in proficient])


def log_rank(
    one: tuple[Sequence[int], Sequence[bool]], other: tuple[Sequence[int], Sequence[bool]]
) -> float | None:
    """How probable such a difference between two cohorts is if there is none (p); None when nobody is proficient."""
    from scipy.stats import logrank

    if not any(one[1]) and not any(other[1]):
        return None
    p = float(logrank(_sample(*one), _sample(*other)).pvalue)
    return None if p != p else p  # noqa: PLR0124 - nan is not itself


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
