"""Cohorts side by side: who began in the same quarter, and how fast they became proficient."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from courses.planning.quarters import Quarter
from mentoring.ramp.models import RampQuerySet, RampRule
from mentoring.ramp.reckoning import FEWEST_PEOPLE
from mentoring.ramp.survival import Survival, log_rank, survival

CLEAR = 0.05  # a difference that chance makes in fewer than one of twenty cases
RECENT = relativedelta(months=12)


class Course(NamedTuple):
    """How it went with one newcomer."""

    first_contact_on: date
    days: int
    proficient: bool
    left: bool


@dataclass(frozen=True)
class Cohort:
    """Newcomers who are looked at together; by quarter, or all who began lately."""

    name: str
    people: list[Course]
    horizon: int
    quarter: Quarter | None = None

    @property
    def proficient(self) -> int:
        return sum(one.proficient for one in self.people)

    @property
    def left(self) -> int:
        """Who left before; censored on the last day."""
        return sum(one.left for one in self.people)

    @property
    def beyond(self) -> int:
        """Who was not proficient on the last day that is looked at."""
        return sum(not one.proficient and not one.left and one.days >= self.horizon for one in self.people)

    @property
    def going(self) -> int:
        """Who is still on the way; censored today."""
        return len(self.people) - self.proficient - self.left - self.beyond

    @property
    def is_enough(self) -> bool:
        """A curve of fewer says more of single people than of the cohort."""
        return len(self.people) >= FEWEST_PEOPLE

    @property
    def columns(self) -> tuple[list[int], list[bool]]:
        return [one.days for one in self.people], [one.proficient for one in self.people]

    @property
    def seen_until(self) -> int:
        """The last day on which anybody of them was seen."""
        return max((one.days for one in self.people), default=0)

    @cached_property
    def survival(self) -> Survival | None:
        return survival(*self.columns) if self.is_enough else None

    @property
    def interval(self) -> str:
        """Of the median, in days."""
        found = self.survival
        if found is None or found.median is None:
            return ""
        return f"{found.median_low}–{found.median_high}" if found.median_high else f"≥ {found.median_low}"


@dataclass(frozen=True)
class Comparison:
    """The log-rank test of two cohorts."""

    earlier: Cohort
    later: Cohort
    p: float

    @property
    def is_clear(self) -> bool:
        return self.p < CLEAR

    @property
    def p_text(self) -> str:
        return "p < 0.001" if self.p < 0.001 else f"p = {self.p:.3f}"  # noqa: PLR2004 - as it is usually written


@dataclass(frozen=True)
class Overview:
    """`recent` are those of the last twelve months; `cohorts` the newest first."""

    recent: Cohort
    cohorts: list[Cohort]
    rule: RampRule

    @property
    def level(self) -> tuple[str, str]:
        """Where the median of those who began lately stands: a level of the kit, and words."""
        found = self.recent.survival
        if found is None or found.median is None:
            return "neutral", _("Not known yet")
        if found.median <= self.rule.goal_days:
            return "good", _("Goal reached")
        if found.median_high and found.median_high < self.rule.before_days:
            return "info", _("Clearly faster than before")
        if found.median < self.rule.before_days:
            return "info", _("Faster than before")
        return "warn", _("Not faster than before")

    @cached_property
    def comparison(self) -> Comparison | None:
        """The newest two cohorts one after the other that can be compared."""
        enough = [cohort for cohort in self.cohorts if cohort.is_enough]
        for later, earlier in pairwise(enough):
            p = log_rank(earlier.columns, later.columns)
            if p is not None:
                return Comparison(earlier, later, p)
        return None


def overview(ramps: RampQuerySet, rule: RampRule, *, on: date) -> Overview:
    """In one query."""
    rows = ramps.values_list("first_contact_on", "days", "proficient_on", "left").order_by("first_contact_on")
    courses = [Course(first, days, done is not None, left) for first, days, done, left in rows]
    by_quarter: defaultdict[Quarter, list[Course]] = defaultdict(list)
    for one in courses:
        by_quarter[Quarter.of(one.first_contact_on)].append(one)
    cohorts = [Cohort(name_of(quarter), people, rule.horizon, quarter) for quarter, people in by_quarter.items()]
    recent = [one for one in courses if one.first_contact_on > on - RECENT]
    return Overview(Cohort(_("the last twelve months"), recent, rule.horizon), cohorts[::-1], rule)


def name_of(quarter: Quarter) -> str:
    """Short, for labels at lines."""
    return _("%(year)s Q%(number)s") % {"year": quarter.year, "number": quarter.number}


def quarters(first: date, last: date) -> Sequence[Quarter]:
    """From the one day to the other, the newest first."""
    found = [Quarter.of(last)]
    while found[-1].first > first:
        found.append(found[-1].before)
    return found
