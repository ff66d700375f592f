"""One newcomer's curves beside the bands, judged as the nightly reckoning judges them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import isnan

import numpy as np

from courses.planning.quarters import Quarter
from mentoring.ramp.cohorts import name_of
from mentoring.ramp.figures import Kpi, chosen
from mentoring.ramp.judging import judging_cohort
from mentoring.ramp.measuring import curves_of
from mentoring.ramp.models import SETTLED, Ramp, RampBand, RampRule
from mentoring.ramp.reckoning import Band, Judged, Values, run_of, streak

DAY = timedelta(days=1)
DAYS_LISTED = 14


@dataclass(frozen=True)
class FigureCurve:
    """One figure of a person, day by day of the ramp, with the bands of `cohort`: the own or one that stands in."""

    kpi: Kpi
    values: Values
    cohort: date
    bands: dict[int, Band]

    @property
    def settled(self) -> Band | None:
        return self.bands.get(SETTLED)

    @property
    def edge(self) -> float | None:
        """What is at least to be reached: the worse edge of the settled band."""
        if self.settled is None:
            return None
        return self.settled.high if self.lower else self.settled.low

    @property
    def lower(self) -> bool:
        return self.kpi.lower_is_better

    @property
    def edge_text(self) -> str:
        sign = "≤" if self.lower else "≥"
        return "" if self.edge is None else f"{sign} {self.kpi.shown(self.edge)}"

    def cell(self, day: int) -> "Cell":
        value = float(self.values[day - 1])
        if isnan(value):
            return Cell("", None, self.kpi.label)
        if self.edge is None:
            return Cell(self.kpi.shown(value), None, self.kpi.label)
        held = value <= self.edge if self.lower else value >= self.edge
        return Cell(self.kpi.shown(value), held, self.kpi.label)


@dataclass(frozen=True)
class Cell:
    """A figure of a day, and whether it is inside; None where nothing can be said."""

    text: str
    inside: bool | None
    label: str


@dataclass(frozen=True)
class PersonRamp:
    ramp: Ramp
    rule: RampRule
    figures: list[FigureCurve]

    @property
    def state(self) -> str:
        return self.ramp.state(self.rule.horizon)

    @cached_property
    def judged(self) -> Judged:
        judged = Judged(1, self.rule.horizon)
        for one in self.figures:
            judged.add(one.values[np.newaxis], one.settled, lower_is_better=one.kpi.lower_is_better)
        return judged

    @property
    def run(self) -> tuple[int, int] | None:
        """The first and last day of the run that made the person proficient."""
        if self.state != "proficient":
            return None
        return run_of(self.judged.inside[0], self.judged.outside[0], self.rule.run_days)

    @property
    def streak(self) -> int:
        """Days inside so far, of those on the way."""
        return streak(self.judged.inside[0], self.judged.outside[0]) if self.figures else 0

    @cached_property
    def measured(self) -> list[FigureCurve]:
        """The figures of which there is any reading."""
        return [one for one in self.figures if not np.isnan(one.values).all()]

    @property
    def lacks_band(self) -> bool:
        """Whether one of the figures has no settled band yet, so that nobody can be proficient."""
        return any(one.settled is None for one in self.figures)

    @property
    def borrowed(self) -> list[str]:
        """The cohorts whose bands stand in, because too few people began before the person's own."""
        others = {one.cohort for one in self.figures if one.settled} - {cohort_of(self.ramp)}
        return [name_of(Quarter.of(cohort)) for cohort in sorted(others)]

    @property
    def last_days(self) -> list[tuple[int, date, list[Cell]]]:
        """The last days with readings, the newest first."""
        known = [~np.isnan(one.values) for one in self.figures]
        days = np.flatnonzero(np.logical_or.reduce(known))[::-1][:DAYS_LISTED] + 1 if known else ()
        return [(int(day), self.day_of(int(day)), [one.cell(int(day)) for one in self.figures]) for day in days]

    def day_of(self, day: int) -> date:
        return self.ramp.first_contact_on + (day - 1) * DAY


def cohort_of(ramp: Ramp) -> date:
    """The first day of the quarter in which the person began."""
    return Quarter.of(ramp.first_contact_on).first


def ramp_of(ramp: Ramp, rule: RampRule) -> PersonRamp:
    """With the person's own readings. Four queries."""
    kpis = chosen(rule)
    found = curves_of(kpis, {ramp.person_id: ramp.first_contact_on}, rule.horizon)
    curves = {code: values for _person, code, values in found}
    by = _judging_cohorts(kpis, cohort_of(ramp))
    bands = _bands(by)
    nothing = np.full(rule.horizon, np.nan)
    return PersonRamp(
        ramp, rule, [FigureCurve(kpi, curves.get(kpi.code, nothing), by[kpi.code], bands[kpi.code]) for kpi in kpis]
    )


def _judging_cohorts(kpis: Sequence[Kpi], cohort: date) -> dict[str, date]:
    """Figure by figure, as the nightly reckoning chose them; the own where there is none."""
    settled: dict[str, list[date]] = {kpi.code: [] for kpi in kpis}
    rows = RampBand.objects.filter(metric__in=settled, day=SETTLED)
    for code, each in rows.values_list("metric", "cohort"):
        settled[code].append(each)
    return {code: judging_cohort(cohort, found) or cohort for code, found in settled.items()}


def _bands(cohorts: dict[str, date]) -> dict[str, dict[int, Band]]:
    found: dict[str, dict[int, Band]] = {code: {} for code in cohorts}
    for row in RampBand.objects.filter(metric__in=found, cohort__in=set(cohorts.values())):
        if row.cohort == cohorts[row.metric]:
            found[row.metric][row.day] = Band(row.low, row.middle, row.high, row.people)
    return found
