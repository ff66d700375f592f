"""Each cohort judged by the bands of those who began in the months before it.

So a cohort's bands hold nobody of its own or of later ones, and stay as they are once the earlier people's days that
are looked at are over: a new quarter makes a new band and leaves those of old cohorts alone.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from courses.planning.quarters import Quarter
from mentoring.ramp.figures import Kpi, chosen
from mentoring.ramp.measuring import Newcomer, Tell, curves_of_all
from mentoring.ramp.models import SETTLED, RampBand, RampRule
from mentoring.ramp.reckoning import Band, Ends, Judged, Values, bands_by_day, settled_band


class Part(NamedTuple):
    """A cohort among the people, who stand in the order of their first contact."""

    cohort: date
    people: slice
    earlier: slice

    @property
    def size(self) -> int:
        return int(self.people.stop - self.people.start)


def bands_begin(rule: RampRule, cohort: date) -> date:
    """From this day on people began whose band judges the cohort."""
    return cohort - relativedelta(months=rule.cohort_months)


def judging_cohort(cohort: date, settled: Sequence[date]) -> date | None:
    """Whose band judges the cohort, of the cohorts that have a settled one; the own, if there is.

    Too few began before the first cohorts: they take the earliest band that exists. Too few began before a later one
    (nobody was hired for long): it takes the last band before.
    """
    before = [each for each in settled if each <= cohort]
    return max(before) if before else min(settled, default=None)


def judge(
    rule: RampRule, people: list[Newcomer], cohorts: Sequence[Quarter], tell: Tell
) -> tuple[list[RampBand], list[int | None]]:
    """The bands of the cohorts, the oldest first, and the day of proficiency of all who began in them.

    `people` are those of the cohorts and of the months before, in the order of their first contact.
    """
    kpis, bands, done = chosen(rule), list[RampBand](), 0
    parts = [_part(rule, people, quarter) for quarter in cohorts]
    judged = {part.cohort: Judged(part.size, rule.horizon) for part in parts}

    def told(more: int) -> None:
        nonlocal done
        done += more
        tell(done, len(kpis) * len(people))

    for kpi in kpis:
        curves = curves_of_all(kpi, people, rule.horizon, told)
        bands += _judge_one(rule, kpi, curves, parts, judged)
    return bands, [day for one in judged.values() for day in one.proficient_days(rule.run_days)]


def _part(rule: RampRule, people: Sequence[Newcomer], quarter: Quarter) -> Part:
    begin, first, after = (
        bisect_left(people, day, key=lambda one: one[1])
        for day in (bands_begin(rule, quarter.first), quarter.first, quarter.after.first)
    )
    return Part(quarter.first, slice(first, after), slice(begin, first))


def _judge_one(
    rule: RampRule, kpi: Kpi, curves: Values, parts: Sequence[Part], judged: dict[date, Judged]
) -> Iterator[RampBand]:
    """By one figure; its bands."""
    ends = Ends(rule.low, rule.high, kpi.lower_is_better)
    found = {part.cohort: settled_band(curves[part.earlier], rule.settled_from, ends) for part in parts}
    settled = [cohort for cohort, band in found.items() if band]
    for part in parts:
        by = judging_cohort(part.cohort, settled)
        band = found[by] if by else None
        judged[part.cohort].add(curves[part.people], band, lower_is_better=kpi.lower_is_better)
        by_day = enumerate(bands_by_day(curves[part.earlier], ends), 1)
        for day, each in ((SETTLED, found[part.cohort]), *by_day):
            if each:
                yield _row(part.cohort, kpi, day, each)


def _row(cohort: date, kpi: Kpi, day: int, band: Band) -> RampBand:
    return RampBand(cohort=cohort, metric=kpi.code, day=day, **band._asdict())
