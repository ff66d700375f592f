"""The rule that turns evidence into a level, as one reads it; `statements` says the same in SQL for thousands.

The score is the weighted mean of the evidence of the last `window_days`. A piece weighs what its source weighs times
0.5 ^ (age in days / `half_life_days`): after a half-life it counts half as much. The level is the one whose band holds
the score, given from `fewest` pieces on or, if the rule says so, from one that a person assessed. (The default of the
house: 12 months, 180 days, two pieces or one person.) A source of weight 0 does not count at all.

All pieces fade alike, so the mean stays the same from day to day until a piece comes, goes or is too old: only the
first day on which the oldest counts no more (`lapses_on`) has to be known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol, TypeVar

from trainingsite.core.days import company_day

PERCENT = Decimal("0.01")
# Sums of floats differ in the last places by their order; rounded twice, a half is always a half.
STEADY = Decimal("0.00000001")


class Piece(Protocol):
    """What of a piece of evidence the rule looks at; a row of `Evidence` is one."""

    @property
    def source(self) -> str: ...
    @property
    def score(self) -> Decimal: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by_id(self) -> int | None: ...


class Terms(Protocol):
    """The numbers of a rule; a row of `RatingRule` has them, and so has a draft."""

    @property
    def window_days(self) -> int: ...
    @property
    def half_life_days(self) -> int: ...
    @property
    def fewest(self) -> int: ...
    @property
    def person_suffices(self) -> bool: ...
    @property
    def source_weights(self) -> Mapping[str, float]: ...
    @property
    def bands(self) -> Mapping[str, Sequence[float]]: ...


@dataclass(frozen=True)
class Derived:
    """What the rule gives. Without evidence there is no score; with too little of it there is no level."""

    score: Decimal | None = None
    level: int | None = None
    pieces: int = 0
    assessed: int = 0
    lapses_on: date | None = None


NOTHING = Derived()
P = TypeVar("P", bound=Piece)


@dataclass(frozen=True)
class Weighed:
    """A piece with its weight on a day: that of its source, what age leaves of it, and its share of the score."""

    piece: Any
    age_days: int
    source_weight: float
    fading: float
    share: float

    @property
    def weight(self) -> float:
        return self.source_weight * self.fading


def weigh(pieces: Iterable[Piece], rule: Terms, on: date) -> list[Weighed]:
    """The pieces that count on the day, each with its weight and its share (all shares add up to 1)."""
    found = []
    for piece in pieces:
        age, weight = (on - company_day(piece.at)).days, weight_of(rule, piece.source)
        if age < rule.window_days and weight > 0:
            found.append(Weighed(piece, age, weight, 0.5 ** (age / rule.half_life_days), 0.0))
    total = sum(one.weight for one in found)
    return [Weighed(w.piece, w.age_days, w.source_weight, w.fading, w.weight / total) for w in found]


def derive(pieces: Iterable[Piece], rule: Terms, levels_of_competency: int, on: date) -> Derived:
    """Score and level of one person in a competency of so many levels, by the evidence that is given."""
    counting = weigh(pieces, rule, on)
    if not counting:
        return NOTHING
    mean = sum(one.share * float(one.piece.score) for one in counting)
    score = Decimal(mean).quantize(STEADY, ROUND_HALF_UP).quantize(PERCENT, ROUND_HALF_UP)
    assessed = sum(one.piece.by_id is not None for one in counting)
    enough = len(counting) >= rule.fewest or (rule.person_suffices and assessed > 0)
    level = level_at(rule, levels_of_competency, score) if enough else None
    oldest = max(one.age_days for one in counting)
    return Derived(score, level, len(counting), assessed, on + timedelta(days=rule.window_days - oldest))


def weight_of(rule: Terms, source: str) -> float:
    return float(rule.source_weights.get(source, 1))


def level_at(rule: Terms, levels: int, score: Decimal) -> int | None:
    """The level whose band holds the score, in a competency of so many levels."""
    return sum(Decimal(str(least)) <= score for least in rule.bands.get(str(levels), [])) or None


def middle_of(rule: Terms, levels: int, level: int) -> Decimal:
    """The score in the middle of the band of a level: what "is at that level" is worth as evidence."""
    ends = [*(Decimal(str(least)) for least in rule.bands[str(levels)]), Decimal(100)]
    return ((ends[level - 1] + ends[level]) / 2).quantize(PERCENT, ROUND_HALF_UP)
