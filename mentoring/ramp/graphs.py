"""Charts of cohorts and of one newcomer, as ECharts options of the kit."""

from collections.abc import Sequence
from math import isnan
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring.ramp.cohorts import Cohort, Overview
from mentoring.ramp.models import RampRule
from mentoring.ramp.person import FigureCurve, PersonRamp
from mentoring.ramp.survival import CRUMB
from trainingsite.core import charts
from trainingsite.core.charts import Option

LINES = 4  # cohorts that are drawn; more can hardly be told apart
ROW_EVERY = 10  # days
HALF = 50
_DAYS = {"nameLocation": "middle", "nameGap": 24}
_THIN: Option = {"type": "line", "symbol": "none", "silent": True, "endLabel": {"show": False}}


def progress(found: Overview) -> dict[str, Any] | None:
    """The share that is proficient by each day, for the newest cohorts; None when there is none to draw."""
    drawn = [cohort for cohort in found.cohorts if cohort.is_enough][:LINES]
    if not drawn:
        return None
    days = list(range(1, found.rule.horizon + 1))
    series = {cohort.name: _shares(cohort, days) for cohort in drawn}
    option = charts.lines([str(day) for day in days], series, unit="%", marks=_aims(found.rule))
    for line in option["series"]:
        line |= {"step": "end", "symbol": "none"}
    half = {"name": "half", "yAxis": HALF, "label": {"formatter": _("half of them"), "position": "insideStartTop"}}
    option["series"][0]["markLine"]["data"].append(half)
    option["yAxis"] |= {"min": 0, "max": 100, "scale": False}
    option["grid"] = {"left": 4, "right": 72, "top": 28, "bottom": 24, "containLabel": True}
    option["xAxis"] |= _DAYS | {"name": pgettext("ramp", "day")}
    return {"option": option, "table": _table(series, days)}


def _shares(cohort: Cohort, days: Sequence[int]) -> list[float | None]:
    """In percent, as far as anybody was seen; where all are proficient, to the end."""
    found, until = cohort.survival, cohort.seen_until
    if found is None:
        return [None for _day in days]
    whole = found.share_by(until) > 1 - CRUMB
    return [round(100 * found.share_by(day), 1) if whole or day <= until else None for day in days]


def _aims(rule: RampRule) -> list[tuple[str, str]]:
    return [
        (str(rule.goal_days), _("goal %(n)s") % {"n": rule.goal_days}),
        (str(rule.before_days), _("before %(n)s") % {"n": rule.before_days}),
    ]


def _table(series: dict[str, list[float | None]], days: Sequence[int]) -> dict[str, Any]:
    shown = [day for day in days if day % ROW_EVERY == 0]
    rows = [[str(day), *(values[day - 1] for values in series.values())] for day in shown]
    return {"headings": [pgettext("ramp", "Day"), *(f"{name} (%)" for name in series)], "rows": rows}


def figure(one: FigureCurve, of: PersonRamp) -> dict[str, Any]:
    """The person's line before the band, with the run that made him or her proficient."""
    days = range(1, of.rule.horizon + 1)
    band = [_numbers(one, name, days) for name in ("low", "middle", "high")]
    mine = [None if isnan(value) else round(float(value), 2) for value in one.values]
    name, middle, area = of.ramp.person.name, _("Middle of earlier newcomers"), _("Band of earlier newcomers")
    unit = "%" if one.kpi.unit == "%" else ""
    option = charts.lines([str(day) for day in days], {name: mine}, unit=unit)
    option["series"][0] |= {"connectNulls": True, "symbolSize": 5, "endLabel": {"show": False}, "z": 5}
    option["series"][0] |= _marked(one, of)
    option["series"] += _behind(band, middle, area)
    option |= {"legend": {"show": True, "data": [name, middle, area]}, "tooltip": {"trigger": "item", "confine": True}}
    option["grid"] = {"left": 4, "right": 16, "top": 56, "bottom": 24, "containLabel": True}
    option["xAxis"] |= _DAYS | {"name": pgettext("ramp", "day")}
    return {"title": _title(one), "option": option, "table": _person_table(name, mine, band)}


def _behind(band: list[list[float | None]], middle: str, area: str) -> list[Option]:
    """The middle as a dotted line, and the band: its height stands on an unseen line."""
    low, line, high = band
    height = [None if a is None or b is None else round(b - a, 2) for a, b in zip(low, high, strict=True)]
    unseen = {"stack": "band", "lineStyle": {"opacity": 0}, "z": 1}
    return [
        {**_THIN, "name": middle, "data": line, "connectNulls": True, "lineStyle": {"width": 1.5, "type": "dotted"}},
        {**_THIN, **unseen, "name": "floor", "data": low},
        {**_THIN, **unseen, "name": area, "data": height, "areaStyle": {"opacity": 0.22}},
    ]


def _title(one: FigureCurve) -> str:
    return _("%(figure)s (%(unit)s)") % {"figure": one.kpi.label, "unit": one.kpi.unit}


def _numbers(one: FigureCurve, name: str, days: Sequence[int]) -> list[float | None]:
    return [round(getattr(one.bands[day], name), 2) if day in one.bands else None for day in days]


def _marked(one: FigureCurve, of: PersonRamp) -> Option:
    """What is to be reached as a line, the run as an area."""
    if one.edge is None:
        return {}
    words = _("settled: %(edge)s") % {"edge": one.edge_text}
    marks: Option = {
        "markLine": {"data": [{"name": "edge", "yAxis": round(one.edge, 2), "label": {"formatter": words}}]}
    }
    if of.run:
        first, last = (str(day) for day in of.run)
        words = _("proficient: day %(n)s") % {"n": first}
        begin = {"name": "proficient", "xAxis": first, "label": {"formatter": words, "position": "end"}}
        marks["markLine"]["data"].append(begin)
        run = [{"xAxis": first}, {"xAxis": last}]
        marks["markArea"] = {"silent": True, "itemStyle": {"opacity": 0.18}, "data": [run]}
    return marks


def _person_table(name: str, mine: list[float | None], bands: Any) -> dict[str, Any]:
    """The days with a reading."""
    low, middle, high = bands
    rows = [
        [str(index + 1), value, low[index], middle[index], high[index]]
        for index, value in enumerate(mine)
        if value is not None
    ]
    return {"headings": [pgettext("ramp", "Day"), name, _("Band from"), _("Middle"), _("Band to")], "rows": rows}
