"""The charts of a dashboard, as ECharts options of the kit."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.dashboards.board import Board, Training
from analytics.dashboards.values import joined_unit, of_figures, of_learning
from analytics.metrics.models import Metric, Unit
from trainingsite.core import charts
from trainingsite.core.charts import Option

JANUARY = 1
ROOM = 0.15
LABELS = 4
FINEST = 0.1


def month_names(months: Sequence[date]) -> list[str]:
    """Short names; the first and every January say the year."""
    locale = Locale.parse(get_language() or "en", sep="-")
    return [
        format_skeleton("yMMM" if month.month == JANUARY or not index else "MMM", month, locale=locale)
        for index, month in enumerate(months)
    ]


def training_trend(board: Board) -> Option:
    """Completion and pass rate by month, with the target of the pass rate."""
    months = board.period.trend
    shown = [board.aimed[code].metric for code in ("completion-rate", "pass-rate")]
    series = {str(metric): _by_month(board, metric) for metric in shown}
    target = board.target(shown[-1])
    option = charts.lines(month_names(months), series, unit="%", target=target)
    for line in option["series"]:
        line["connectNulls"] = True  # a month in which nothing was due parts no line
    return framed(option, series.values(), target, highest=100)


def scores_by_topic(board: Board) -> Option | None:
    """The mean score of each topic in the period, from zero; None when no test was taken."""
    metric = board.aimed["mean-score"].metric
    learning = board.figures.learning
    topics = sorted(learning.topics.values(), key=lambda topic: (topic.position, topic.id))
    tested = [topic for topic in topics if learning.by_topic[topic.id].tests]
    if not tested:
        return None
    scores = [_rounded(of_learning(metric, learning.by_topic[topic.id]).number) for topic in tested]
    option = charts.bars(
        [topic.name for topic in tested], {str(metric): scores}, target=board.target(metric), lying=True
    )
    option["xAxis"]["max"] = 100
    option["series"][0]["label"] = {"show": True, "position": "insideRight", "color": "#fff"}
    return option


def metric_trend(board: Board, metric: Metric, trained: Sequence[Training]) -> Option:
    """A metric by month, with its target and a numbered marker where people were trained."""
    months = board.period.trend
    names = month_names(months)
    values = _by_month(board, metric)
    marks = [(names[months.index(month)], number) for number, month, _topic in trained]
    target = board.target(metric)
    is_percent = metric.unit == Unit.PERCENT
    unit = "%" if is_percent else ""  # a longer one stands in the title
    option = charts.lines(names, {str(metric): values}, unit=unit, target=target, marks=marks)
    return framed(option, [values], target, highest=100 if is_percent else None)


def metric_trends(board: Board, trained: Sequence[Training]) -> list[dict[str, Any]]:
    """Title, definition and chart of every metric that was measured in the last twelve months."""
    drawn = []
    for metric in board.measured_metrics:
        option = metric_trend(board, metric, trained)
        if any(value is not None for value in option["series"][0]["data"]):
            title = _("%(metric)s (%(unit)s)") % {"metric": metric, "unit": joined_unit(metric).strip()}
            drawn.append({"title": title, "option": option, "url": board.rows_url(metric)})
    return drawn


def _by_month(board: Board, metric: Metric) -> list[float | None]:
    return [_rounded(of_figures(metric, board.figures, [month]).number) for month in board.period.trend]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def framed(option: Option, series: Any, target: float | None, *, highest: int | None = None) -> Option:
    """The axis spans what is drawn, and the target too, which a scaled axis would leave out; its labels are round."""
    known = [value for values in series for value in values if value is not None]
    known += [] if target is None else [target]
    if known:
        room = (max(known) - min(known)) * ROOM or 1
        step = _step(max(known) - min(known) + 2 * room)
        top = _times(ceil((max(known) + room) / step), step)
        capped = highest is not None and max(known) <= highest
        option["yAxis"] |= {
            "min": max(0, _times(floor((min(known) - room) / step), step)),
            "max": min(top, highest) if capped and highest else top,
            "interval": step,
        }
    return option


def _step(span: float) -> float:
    """The distance of the labels: 1, 2 or 5 of a power of ten."""
    wanted = max(span / LABELS, FINEST)
    ten = 10.0 ** floor(log10(wanted))
    return next((_times(by, ten) for by in (1, 2, 5) if by * ten >= wanted), _times(10, ten))


def _times(count: int, step: float) -> float:
    """Without the crumbs of binary fractions."""
    return round(count * step, 1)
