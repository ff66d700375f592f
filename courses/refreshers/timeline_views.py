"""The timeline: every rule over half a year, with what ran, what was left out and why, and what comes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from courses.acts import PLAN, VIEW_PLANS
from courses.refreshers.describing import in_words
from courses.refreshers.filters import RefresherFilter
from courses.refreshers.models import Occurrence, Refresher
from courses.refreshers.whats import known, results_of
from trainingsite.core import clock, given
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me

MONTHS, BEFORE, YEAR = 6, 2, 12
FIRST_YEAR, LAST_YEAR = 2020, 2099
LEVELS = {"planned": "neutral", "announced": "info", "open": "info", "closed": "good", "skipped": "warn"}
ICONS = {
    "planned": "calendar-event",
    "announced": "speakerphone",
    "open": "player-play",
    "closed": "check",
    "skipped": "calendar-x",
}


@require_GET
@allowed(VIEW_PLANS)
def refresher_timeline(request: HttpRequest) -> HttpResponse:
    """Six months, two of them past unless `?from=` says otherwise; the runs of a page of rules."""
    today = clock.today()
    first = _asked_month(request) or month_after(today, -BEFORE)
    months = [month_after(first, number) for number in range(MONTHS + 1)]
    found = Refresher.objects.visible_to(me(request)).select_related("course").order_by("title", "pk")
    filterset = RefresherFilter(request.GET, queryset=found)
    page = paginate(request, filterset.qs)
    context = {
        "filterset": filterset,
        "page": page,
        "months": months[:-1],
        "rows": list(_rows(list(page), months, today)),
        "before": month_after(first, -MONTHS),
        "after": months[-1],
        "first": first,
        "today": today,
        "can_plan": me(request).may(PLAN),
    }
    return render_page(request, "courses/refreshers/timeline.html", context, partial="rows")


def _asked_month(request: HttpRequest) -> date | None:
    found = given.day(request.GET.get("from", ""))
    return found.replace(day=1) if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = day.year * YEAR + day.month - 1 + months
    return date(number // YEAR, number % YEAR + 1, 1)


def _rows(refreshers: Sequence[Refresher], months: Sequence[date], today: date) -> Iterator[dict[str, Any]]:
    """A row a rule: its runs by month; three queries and those of the kinds, whatever the number of rules."""
    span = {"on__gte": months[0], "on__lte": months[-1] - timedelta(days=1)}
    found = Occurrence.objects.filter(refresher__in=refreshers, **span).select_related("refresher", "changed_by")
    runs = list(found.order_by("on", "pk"))
    results = results_of([run for run in runs if run.opened_at])
    cells: defaultdict[tuple[int, date], list[dict[str, Any]]] = defaultdict(list)
    for run in runs:
        shown = {"run": run, "result": results.get(run.pk), "level": LEVELS[run.state], "icon": ICONS[run.state]}
        cells[run.refresher_id, run.on.replace(day=1)].append(shown)
    for refresher in refreshers:
        yield {
            "refresher": refresher,
            "what": known(refresher.what),
            "rhythm": in_words(refresher.rrule, refresher.starts_on),
            "cells": [
                {"month": month, "runs": cells[refresher.pk, month], "now": month == today.replace(day=1)}
                for month in months[:-1]
            ],
        }
