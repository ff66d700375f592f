"""The charts of the statistics."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.statistics.shown import ItemRow
from trainingsite.core import charts

BINS = 10
STEP = 100 // BINS


def histogram(totals: Sequence[tuple[Decimal, int, int]], pass_mark: int) -> dict[str, Any]:
    """How many people reached which score, by tens of percent; the pass mark is in words, since bars are classes."""
    counts = [0] * BINS
    for total, possible, n in totals:
        share = 100 * total / possible if possible else Decimal(0)
        counts[min(max(int(share) // STEP, 0), BINS - 1)] += n
    names = [f"{low}–{low + STEP}%" for low in range(0, 100, STEP)]
    option = charts.bars(names, {_("People"): counts})
    mark = min(pass_mark // STEP, BINS - 1)
    words = _("Pass mark %(mark)s %%") % {"mark": pass_mark}
    option["series"][0]["markLine"] = {
        "data": [{"xAxis": names[mark], "label": {"formatter": words, "position": "end"}}]
    }
    return option


def scatter(rows: Sequence[ItemRow]) -> dict[str, Any]:
    """Each question by how easy it is and how well it tells people apart; the number is its row in the table."""
    points = [
        [row.figures.facility, row.figures.discrimination, row.number]
        for row in rows
        if row.figures.facility is not None and row.figures.discrimination is not None
    ]
    lowest = min([0.0, *(point[1] or 0.0 for point in points)])
    percent = {"axisLabel": {"formatter": "{value}%"}}
    return {
        "xAxis": {"type": "value", "min": 0, "max": 100, "name": _("Facility"), "nameLocation": "middle", **percent},
        "yAxis": {"type": "value", "min": 10 * (lowest // 10), "max": 100, "name": _("Discrimination"), **percent},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 24, "containLabel": True},
        "series": [
            {
                "type": "scatter",
                "symbolSize": 22,
                "data": points,
                "label": {"show": True, "formatter": "{@[2]}", "color": "#fff"},
            }
        ],
    }


def scatter_table(rows: Sequence[ItemRow]) -> dict[str, Any]:
    """The numbers behind the scatter."""
    return {
        "headings": [_("Question"), _("Facility"), _("Discrimination")],
        "rows": [
            [f"{row.number} · {row.question.code}", _shown(row.figures.facility), _shown(row.figures.discrimination)]
            for row in rows
        ],
    }


def _shown(figure: float | None) -> str | None:
    return None if figure is None else f"{figure:.1f}%"
