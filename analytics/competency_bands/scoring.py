"""What a figure is worth: the score of the band that holds it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analytics.metrics.models import Direction, Metric, Unit
from trainingsite.core.errors import Refused

FEWEST_BANDS, MOST_BANDS = 2, 6
HIGHEST = Decimal(100)
LARGEST = Decimal(10**9)
Fault = tuple[int, str, str]  # number of the band from 1 on, field, what is wrong


class Step(NamedTuple):
    """A band: the figure where it begins (None: anything worse than the next), and its score in percent."""

    begins: Decimal | None
    score: Decimal


def steps_of(bands: Any) -> list[Step]:
    """The bands as they are kept."""
    return [Step(None if row["from"] is None else Decimal(row["from"]), Decimal(row["score"])) for row in bands]


def kept(steps: Sequence[Step]) -> list[dict[str, str | None]]:
    """The bands as JSON; numbers as texts, exact."""
    return [
        {"from": None if step.begins is None else _plain(step.begins), "score": _plain(step.score)} for step in steps
    ]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def score_of(figure: float | Decimal, steps: Sequence[Step], metric: Metric) -> Decimal:
    """The score of the best band that the figure reaches."""
    value, score = Decimal(str(figure)), steps[0].score
    for step in steps[1:]:
        if step.begins is not None and metric.meets(float(value), float(step.begins)):
            score = step.score
    return score


def check_bands(steps: Sequence[Step], metric: Metric) -> None:
    """Refuse, with all that is wrong row by row, what are no bands of this metric."""
    if not FEWEST_BANDS <= len(steps) <= MOST_BANDS:
        values = {"fewest": FEWEST_BANDS, "most": MOST_BANDS}
        raise Refused(_("From %(fewest)s to %(most)s bands are needed.") % values, field="bands", code="bands_number")
    faults = [*_values(steps, metric), *_order(steps, metric)]
    if faults:
        raise Refused(_("The bands do not follow each other."), field="bands", code="bands_wrong", rows=faults)


def _values(steps: Sequence[Step], metric: Metric) -> Iterator[Fault]:
    largest = HIGHEST if metric.unit == Unit.PERCENT else LARGEST
    for number, step in enumerate(steps, 1):
        if number == 1 and step.begins is not None:
            yield number, "from", _("The first band holds all that is worse; it begins nowhere.")
        if number > 1 and step.begins is None:
            yield number, "from", _("Say where this band begins.")
        if step.begins is not None and not 0 <= step.begins <= largest:
            yield number, "from", _("A number from 0 to %(most)s.") % {"most": f"{largest:f}"}
        if not 0 <= step.score <= HIGHEST:
            yield number, "score", _("A score is from 0 to 100.")


def _order(steps: Sequence[Step], metric: Metric) -> Iterator[Fault]:
    """Each band is better than the one before, and earns more."""
    higher = metric.direction == Direction.HIGHER
    for number, (before, step) in enumerate(pairwise(steps), 2):
        if step.score <= before.score:
            yield number, "score", _("A better band earns more: above %(score)s.") % {"score": before.score}
        if before.begins is None or step.begins is None:
            continue
        if not metric.is_better(float(step.begins), float(before.begins)):
            text = _("Higher is better: above %(figure)s.") if higher else _("Lower is better: below %(figure)s.")
            yield number, "from", text % {"figure": _plain(before.begins)}
