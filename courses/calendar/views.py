"""The calendar: a month, a week or a list of what a person may see; the address holds the view, the day, the filter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.acts import PLAN, VIEW_COURSES
from courses.calendar.days import days_of
from courses.calendar.filters import Asked, asked
from courses.calendar.sources import SOURCES, Window
from courses.calendar.spans import MONTH_VIEW, VIEWS, span_of
from trainingsite.core import clock, given
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_COURSES)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days that are asked for; without a view a desk draws the month, and a phone shows the list."""
    return render(request, "courses/calendar/calendar.html", _shown(request, asked(request.GET, me(request))))


def _shown(request: HttpRequest, wanted: Asked) -> dict[str, Any]:
    user, now = me(request), timezone.localtime(clock.now())
    view = request.GET.get("view", "")
    day = given.day(request.GET.get("day", ""))
    span = span_of(view if view in VIEWS else MONTH_VIEW, day or now.date())
    window = Window(span.first, span.last, user, wanted.filters)
    plans = user.may(PLAN)
    days = days_of(span, window, today=now.date(), plans=plans)
    return {
        "span": span,
        "explicit": view in VIEWS,
        "asked": wanted,
        "days": days,
        "entries": sum(len(each.entries) for each in days if each.inside),
        "now": now.strftime("%Y-%m-%dT%H:%M:%S"),
        "today": now.date(),
        "plans": plans,
        "sources": dict(SOURCES.items()),
    }
