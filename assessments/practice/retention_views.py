"""What supervisors and HR see: how much is kept in mind, and what came of a drill."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_RETENTION
from assessments.practice.filters import RetentionFilter
from assessments.practice.models import Drill, Review
from assessments.practice.results import report_of
from assessments.practice.retention import Lines, by_team, by_topic, in_detail, missed_most, over_time, overall
from courses.acts import PLAN
from courses.models import Topic
from trainingsite.core import charts
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_RETENTION)
def retention(request: HttpRequest) -> HttpResponse:
    """By topic, over time and by team, of the people whose records I see. At most eight queries."""
    filterset = _filtered(request)
    reviews = filterset.qs
    topics, times = by_topic(reviews), over_time(reviews, months=filterset.months)
    context = {
        "filterset": filterset,
        "target": "#retention",
        "overall": overall(reviews),
        "topics": topics,
        "teams": by_team(reviews),
        "topic_chart": _bars(topics),
        "time_chart": _lines(times, months=filterset.months),
        "query": request.GET.urlencode(),
        "may_plan": me(request).may(PLAN),
    }
    return render_page(request, "assessments/practice/retention.html", context, partial="rows")


@require_GET
@allowed(VIEW_RETENTION)
def retention_csv(request: HttpRequest) -> HttpResponseBase:
    """Topic × period × team, each with its number of answers and its interval."""
    filterset = _filtered(request)
    headings = [
        _("topic"),
        _("first day of the period"),
        _("team"),
        _("people"),
        _("answers"),
        _("right"),
        _("right (%)"),
    ]
    headings += [_("at least (%)"), _("at most (%)"), _("predicted (%)")]
    rows = (
        [
            *(str(topic), first.isoformat(), str(team), figure.people, figure.n, figure.right),
            *(round(100 * share, 1) for share in (figure.share, *figure.interval, figure.predicted)),
        ]
        for topic, first, team, figure in in_detail(filterset.qs, months=filterset.months)
    )
    return csv_download("retention", headings, rows)


@require_GET
@allowed(VIEW_RETENTION)
def practice_missed(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of a topic that the people whose records I see know least."""
    topic = get_object_or_404(Topic, pk=pk)
    rows = missed_most(_filtered(request).qs, topic)
    context = {"topic": topic, "rows": rows, "may_plan": me(request).may(PLAN)}
    return render(request, "assessments/practice/missed.html", context)


@require_GET
@allowed(VIEW_RETENTION)
def drill_results(request: HttpRequest, pk: int) -> HttpResponse:
    """How the questions of a drill go now, against before."""
    drill = get_object_or_404(Drill, pk=pk)
    report = report_of(drill, me(request))
    return render(request, "assessments/practice/drill.html", {"drill": drill, "report": report})


def _filtered(request: HttpRequest) -> RetentionFilter:
    return RetentionFilter(request.GET, Review.objects.visible_to(me(request)), request=request)


def _bars(lines: Lines) -> dict[str, Any] | None:
    if not lines.rows:
        return None
    option = charts.bars([str(topic) for topic, _figure in lines.rows], _series(lines), unit="%", lying=True)
    option["xAxis"]["max"] = 100
    return option


def _lines(lines: Lines, *, months: bool) -> dict[str, Any] | None:
    if len(lines.rows) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return charts.lines([_name(first, months=months) for first, _figure in lines.rows], _series(lines), unit="%")


def _series(lines: Lines) -> dict[str, list[float]]:
    figures = [figure for _key, figure in lines.rows]
    return {
        _("Measured"): [round(100 * figure.share, 1) for figure in figures],
        _("Predicted"): [round(100 * figure.predicted, 1) for figure in figures],
    }


def _name(first: date, *, months: bool) -> str:
    return date_format(first, "YEAR_MONTH_FORMAT" if months else "MONTH_DAY_FORMAT")
