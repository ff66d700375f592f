"""Pages of series: all of them, one with its sessions, planning one with a look at all its days before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import PLAN, VIEW_SESSIONS
from courses.series.forms import SeriesForm
from courses.series.models import Series, SessionTemplate
from courses.sessions.agendas import agendas
from courses.sessions.models import Session
from courses.sessions.notices import reached, told_words
from courses.sessions.plan_views import asked_facts
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "next": "next_at", "last": "last_at"}


@require_GET
@allowed(VIEW_SESSIONS)
def series_list(request: HttpRequest) -> HttpResponse:
    """The series with sessions that the person may see: when the next and the last one are."""
    user = me(request)
    seen = Session.objects.visible_to(user).standing().filter(series__isnull=False)
    to_come = Q(sessions__cancelled_at=None, sessions__starts_at__gt=clock.now())
    standing = Q(sessions__cancelled_at=None)
    found = Series.objects.filter(pk__in=seen.values("series")).select_related("owner")
    found = found.annotate(
        next_at=Min("sessions__starts_at", filter=to_come),
        last_at=Max("sessions__starts_at", filter=standing),
        held=Count("sessions", filter=standing),
        coming=Count("sessions", filter=to_come),
    )
    if asked := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=asked)
    page = paginate(request, sorted_by(request, found, COLUMNS, "-last"))
    context = {"page": page, "sort": "-last", "q": asked, "can_plan": user.may(PLAN)}
    return render(request, "courses/series/list.html", context)


@require_GET
@allowed(VIEW_SESSIONS)
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """One series with all its sessions; who may see none of them sees no series."""
    user = me(request)
    seen = Session.objects.visible_to(user).filter(series=pk)
    found = get_object_or_404(Series.objects.filter(pk__in=seen.values("series")).select_related("owner"), pk=pk)
    sessions = seen.with_where_and_who().with_numbers().order_by("number")
    context = {"series": found, "sessions": sessions, "now": clock.now(), "can_plan": user.may(PLAN)}
    return render(request, "courses/series/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def series_new(request: HttpRequest) -> HttpResponse:
    """First a look at every day with what stands against it, then all of them at once."""
    form = SeriesForm(posted(request), initial=asked_facts(request))
    rows: list[Any] = []
    if form.is_valid():
        if "plan" in request.POST and (planned := form.save(by=me(request))):
            said = _("“%(title)s” is planned.") % {"title": planned}
            messages.success(request, f"{said} {told_words(reached(planned.sessions.all()))}")
            return redirect("series", planned.pk)
        rows = [] if form.errors.keys() - {NON_FIELD_ERRORS} else form.look()
    context = {"form": form, "chosen": form.chosen(), "agendas": agendas(), **_seen(form, rows)}
    context["templates"] = SessionTemplate.objects.in_use()
    return render(request, "courses/series/form.html", context, status=422 if form.errors else 200)


def _seen(form: SeriesForm, rows: list[Any]) -> dict[str, Any]:
    """What the look at the days says: how many take place, whether something refuses or warns."""
    out = form.left_out()
    kept = [row for row in rows if row.found.day and row.found.day not in out]
    return {
        "rows": [(row, row.found.day in out) for row in rows],
        "number": len(kept),
        "refused": any(row.refuses for row in kept),
        "warned": any(row.clashes for row in kept),
    }
