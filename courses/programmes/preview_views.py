"""A programme on a real start date, before it is given to anybody."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from courses.acts import PLAN, VIEW_PLANS
from courses.programmes.calendar import calendar_of
from courses.programmes.drawn import stages_drawn
from courses.programmes.models import Programme, ProgrammeVersion, VersionStatus
from trainingsite.core import clock
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me

YEARS = timedelta(days=3653)


@require_GET
@allowed(VIEW_PLANS)
def programme_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar of a version for `?start=`, next Monday when nothing readable is asked for."""
    found = get_object_or_404(Programme.objects.visible_to(me(request)), pk=pk)
    version = version_asked(request, found)
    calendar = calendar_of(stages_drawn(found, version.number), start_asked(request, clock.today()))
    writes = version.status == VersionStatus.DRAFT and me(request).may(PLAN)
    context = {"programme": found, "version": version, "calendar": calendar, "writes": writes}
    return render_page(request, "courses/programmes/preview.html", context, partial="calendar")


def version_asked(request: HttpRequest, programme: Programme) -> ProgrammeVersion:
    """The version of `?version=`, else the published one."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and int(asked) < 2**31 else programme.version
    return get_object_or_404(programme.versions, number=number)


def start_asked(request: HttpRequest, today: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get("start", ""))
    except ValueError:
        day = date.max
    next_monday = today + timedelta(days=7 - today.weekday())
    return day if today - YEARS < day < today + YEARS else next_monday
