"""What figures of questions and quizzes mean. Pure functions of sums and histograms; nothing here reads a database.

The definitions are those of classical item analysis as Moodle's quiz statistics use them, so that figures of both can
be compared: x is the mark for the question, r the total of the same attempt without it, t = x + r the total; variances
and covariances have n − 1 in the denominator. Figures are percentages. One that is not defined is None: of a single
answer, or where everybody has the same mark.

Sums are exact (fractions, never floats), so that adding attempt by attempt gives the same as computing anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

Number = Fraction | Decimal | int
Histogram = Mapping[Decimal, int]
ZERO = Fraction(0)
DIGITS = 4
FOR_SKEWNESS, FOR_KURTOSIS = 3, 4  # the fewest answers for which they are defined


@dataclass(frozen=True)
class Sums:
    """What is added up over the answers to one question: `possible` is Σ of the highest marks, `xr` is Σ x·r."""

    n: int = 0
    possible: Fraction = ZERO
    x: Fraction = ZERO
    xx: Fraction = ZERO
    r: Fraction = ZERO
    rr: Fraction = ZERO
    xr: Fraction = ZERO

    @classmethod
    def of(cls, n: int, *sums: Number) -> "Sums":
        """Sums out of what a database gives."""
        return cls(n, *(Fraction(number) for number in sums))

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n,
            self.possible + other.possible,
            self.x + other.x,
            self.xx + other.xx,
            self.r + other.r,
            self.rr + other.rr,
            self.xr + other.xr,
        )

    @property
    def variance(self) -> Fraction:
        """Of the marks for the question."""
        return _spread(self.n, self.xx, self.x, self.x)

    @property
    def variance_of_rest(self) -> Fraction:
        return _spread(self.n, self.rr, self.r, self.r)

    @property
    def with_rest(self) -> Fraction:
        """The covariance of the question with the rest of the attempt."""
        return _spread(self.n, self.xr, self.x, self.r)

    @property
    def with_total(self) -> Fraction:
        """The covariance of the question with the whole attempt."""
        return self.variance + self.with_rest


@dataclass(frozen=True)
class ItemFigures:
    """The figures of one question in one quiz."""

    n: int
    facility: float | None
    sd: float | None
    discrimination: float | None
    efficiency: float | None
    intended_weight: float | None
    effective_weight: float | None
    guess: float | None


@dataclass(frozen=True)
class QuizFigures:
    """The figures of the totals of one quiz, in percent of what could be earned."""

    n: int
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    consistency: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


def facility(sums: Sums) -> float | None:
    """How easy it is: the mean mark out of the highest."""
    return _percent(sums.x / sums.possible) if sums.possible else None


def deviation(sums: Sums) -> float | None:
    """The standard deviation of the marks, out of the highest."""
    if sums.n <= 1 or not sums.possible:
        return None
    return _percent(sqrt(sums.variance) / (sums.possible / sums.n))


def discrimination(sums: Sums) -> float | None:
    """The correlation of the question with the rest of the attempt: whether it tells the good from the others."""
    if sums.n <= 1 or not (sums.variance and sums.variance_of_rest):
        return None
    return _percent(float(sums.with_rest) / (sqrt(sums.variance) * sqrt(sums.variance_of_rest)))


def efficiency(sums: Sums, marks: Histogram, rests: Histogram) -> float | None:
    """The covariance with the rest, out of the highest that the same marks could have: both sorted alike."""
    if sums.n <= 1:
        return None
    best = _spread(sums.n, sorted_product(marks, rests), sums.x, sums.r)
    return _percent(sums.with_rest / best) if best else None


def sorted_product(first: Histogram, second: Histogram) -> Fraction:
    """Σ of the products when both are put in order and paired, lowest with lowest."""
    total = ZERO
    pairs, others = _runs(first), _runs(second)
    value, left = next(pairs, (ZERO, 0))
    other, left_other = next(others, (ZERO, 0))
    while left and left_other:
        step = min(left, left_other)
        total += step * value * other
        left, left_other = left - step, left_other - step
        if not left:
            value, left = next(pairs, (ZERO, 0))
        if not left_other:
            other, left_other = next(others, (ZERO, 0))
    return total


def _runs(histogram: Histogram) -> Iterator[tuple[Fraction, int]]:
    return ((Fraction(value), n) for value, n in sorted(histogram.items()) if n)


def effective_weights(items: Sequence[Sums], attempts: int) -> list[float | None]:
    """What share of the differences between totals each question makes: 100·√cov(x, t) out of the sum of them.

    One that is drawn counts as often as it was asked. None for one whose covariance is negative: it has no weight that
    could be given in percent.
    """
    roots = [_root(item.with_total) * _asked(item, attempts) for item in items]
    whole = sum(roots)
    return [
        None if item.n <= 1 or item.with_total < 0 or not whole else _percent(root / whole)
        for item, root in zip(items, roots, strict=True)
    ]


def intended_weights(items: Sequence[Sums]) -> list[float | None]:
    """What share of the points the author gave to each question; one that is drawn counts as often as it was asked."""
    whole = sum((item.possible for item in items), ZERO)
    return [_percent(item.possible / whole) if whole else None for item in items]


def _asked(item: Sums, attempts: int) -> float:
    return item.n / attempts if attempts else 0.0


def _root(number: Fraction) -> float:
    return sqrt(number) if number > 0 else 0.0


def item_figures(
    sums: Sums,
    marks: Histogram,
    rests: Histogram,
    *,
    weights: tuple[float | None, float | None] = (None, None),
    guess: Decimal | None = None,
) -> ItemFigures:
    """All figures of a question; `weights` are its intended and effective one."""
    return ItemFigures(
        n=sums.n,
        facility=facility(sums),
        sd=deviation(sums),
        discrimination=discrimination(sums),
        efficiency=efficiency(sums, marks, rests),
        intended_weight=weights[0],
        effective_weight=weights[1],
        guess=None if guess is None else _percent(Fraction(guess)),
    )


def quiz_figures(totals: Histogram, possible: Number, places: float, item_variance: Fraction) -> QuizFigures:
    """All figures of a quiz from its totals, of which `possible` is the highest.

    `places` is the number of questions that an attempt asks and `item_variance` the sum of their variances: with the
    variance of the totals they give the coefficient of internal consistency (Cronbach's alpha).
    """
    n = sum(totals.values())
    if not n or not possible:
        return QuizFigures(n)
    mean = sum((Fraction(value) * times for value, times in totals.items()), ZERO) / n
    moments = [_moment(totals, mean, power, n) for power in (2, 3, 4)]
    variance = moments[0] * n / (n - 1) if n > 1 else ZERO
    sd = _percent(sqrt(variance) / Fraction(possible)) if n > 1 else None
    consistency = _consistency(variance, item_variance, places)
    error = None if consistency is None else 100 * sqrt(max(1 - consistency / 100, 0.0))
    return QuizFigures(
        n=n,
        mean=_percent(mean / Fraction(possible)),
        median=_percent(median(totals) / Fraction(possible)),
        sd=sd,
        skewness=_skewness(moments, n),
        kurtosis=_kurtosis(moments, n),
        consistency=_rounded(consistency),
        error_ratio=_rounded(error),
        standard_error=None if error is None or sd is None else _rounded(error * sd / 100),
    )


def median(totals: Histogram) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    n = sum(totals.values())
    return (_at(totals, (n - 1) // 2) + _at(totals, n // 2)) / 2


def _at(totals: Histogram, place: int) -> Fraction:
    for value, times in _runs(totals):
        if place < times:
            return value
        place -= times
    return ZERO


def _moment(totals: Histogram, mean: Fraction, power: int, n: int) -> Fraction:
    moved: Iterable[Fraction] = ((Fraction(value) - mean) ** power * times for value, times in totals.items())
    return sum(moved, ZERO) / n


def _skewness(moments: Sequence[Fraction], n: int) -> float | None:
    """k3 / k2^1.5 of the k-statistics."""
    if n < FOR_SKEWNESS or not moments[0]:
        return None
    k2 = moments[0] * n / (n - 1)
    k3 = moments[1] * n * n / ((n - 1) * (n - 2))
    return _rounded(float(k3) / float(k2) ** 1.5)


def _kurtosis(moments: Sequence[Fraction], n: int) -> float | None:
    """k4 / k2² of the k-statistics: 0 for a normal distribution."""
    if n < FOR_KURTOSIS or not moments[0]:
        return None
    k2 = moments[0] * n / (n - 1)
    k4 = ((n + 1) * moments[2] - 3 * (n - 1) * moments[0] ** 2) * n * n / ((n - 1) * (n - 2) * (n - 3))
    return _rounded(float(k4 / k2**2))


def _consistency(variance: Fraction, item_variance: Fraction, places: float) -> float | None:
    if places <= 1 or not variance:
        return None
    return 100 * places / (places - 1) * (1 - float(item_variance / variance))


def _spread(n: int, products: Fraction, first: Fraction, second: Fraction) -> Fraction:
    """A variance or covariance from the sum of products and the two sums."""
    return (products - first * second / n) / (n - 1) if n > 1 else ZERO


def _percent(share: Fraction | float) -> float:
    return round(float(share) * 100, DIGITS)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)
