"""ECharts options for the charts the product draws: bars from zero, lines labelled directly, targets as a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Values = Sequence[float | int | None]
Option = dict[str, Any]


def lines(
    categories: Sequence[str],
    series: Mapping[str, Values],
    *,
    unit: str = "",
    target: float | None = None,
    marks: Sequence[tuple[str, str]] = (),
) -> Option:
    """A line per series over `categories` (months, days); `marks` are (category, text): a training, a release."""
    drawn: list[Option] = [{"type": "line", "name": name, "data": list(values)} for name, values in series.items()]
    if drawn:
        drawn[0]["markLine"] = {"data": [*_target(target, unit), *_marks(marks)]}
    option = {**_axes(categories, unit), "series": drawn}
    option["yAxis"]["scale"] = True  # a line may leave zero out, a bar may not
    return option


def bars(
    categories: Sequence[str],
    series: Mapping[str, Values],
    *,
    unit: str = "",
    target: float | None = None,
    lying: bool = False,
) -> Option:
    """Bars per category; `lying` bars suit long names."""
    drawn: list[Option] = [{"type": "bar", "name": name, "data": list(values)} for name, values in series.items()]
    if drawn:
        drawn[0]["markLine"] = {"data": _target(target, unit, axis="xAxis" if lying else "yAxis")}
    option = {**_axes(categories, unit), "series": drawn}
    if lying:
        option["xAxis"], option["yAxis"] = option["yAxis"], {**option["xAxis"], "inverse": True}
    return option


def radar(indicators: Mapping[str, float], series: Mapping[str, Values]) -> Option:
    """A polygon per series over `indicators` (name → highest value)."""
    data = [{"name": name, "value": list(values)} for name, values in series.items()]
    axes = [{"name": name, "max": highest} for name, highest in indicators.items()]
    return {
        "radar": {"indicator": axes},
        "legend": {"show": len(data) > 1},
        "series": [{"type": "radar", "data": data}],
    }


def heat_map(columns: Sequence[str], rows: Sequence[str], cells: Sequence[Values], *, unit: str = "") -> Option:
    """A field of `cells` (one sequence a row), the stronger the colour the higher the value."""
    points = [[x, y, value] for y, row in enumerate(cells) for x, value in enumerate(row)]
    known = [value for row in cells for value in row if value is not None]
    return {
        "xAxis": {"type": "category", "data": list(columns)},
        "yAxis": {"type": "category", "data": list(rows), "inverse": True},
        "visualMap": {"show": False, "min": min(known, default=0), "max": max(known, default=1)},
        "series": [{"type": "heatmap", "data": points, "label": {"show": True, "formatter": f"{{@[2]}}{unit}"}}],
    }


def table_of(option: Option) -> Option | None:
    """The same numbers as a table: its headings and rows; None when the option has no categories."""
    if "radar" in option:
        return _table([axis["name"] for axis in option["radar"]["indicator"]], option["series"][0]["data"], "value")
    series = option.get("series", [])
    if series and series[0]["type"] == "heatmap":
        return _heat_table(option)
    for axis in (option.get("xAxis"), option.get("yAxis")):
        if isinstance(axis, dict) and axis.get("type") == "category":
            return _table(axis["data"], series, "data")
    return None


def _axes(categories: Sequence[str], unit: str) -> Option:
    return {
        "xAxis": {"type": "category", "data": list(categories)},
        "yAxis": {"type": "value", "axisLabel": {"formatter": f"{{value}}{unit}"}},
    }


def _target(target: float | None, unit: str, axis: str = "yAxis") -> list[Option]:
    if target is None:
        return []
    words = _("Target %(value)s") % {"value": f"{target:g}{unit}"}
    label = {"formatter": words, **({"position": "start"} if axis == "xAxis" else {})}
    return [{"name": "target", axis: target, "label": label}]


def _marks(marks: Sequence[tuple[str, str]]) -> list[Option]:
    return [
        {"name": text, "xAxis": category, "label": {"formatter": text, "position": "end"}} for category, text in marks
    ]


def _table(names: Sequence[str], series: Sequence[Option], key: str) -> Option:
    columns = [one[key] for one in series]
    rows = [[name, *(column[index] for column in columns)] for index, name in enumerate(names)]
    return {"headings": ["", *(one["name"] for one in series)], "rows": rows}


def _heat_table(option: Option) -> Option:
    columns, names = option["xAxis"]["data"], option["yAxis"]["data"]
    rows: list[list[Any]] = [[name, *([None] * len(columns))] for name in names]
    for x, y, value in option["series"][0]["data"]:
        rows[y][x + 1] = value
    return {"headings": ["", *columns], "rows": rows}
