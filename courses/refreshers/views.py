from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import describe, sizes
from courses.audiences.forms import AudienceForm
from courses.audiences.views import reach_shown
from courses.refreshers import actions
from courses.refreshers.forms import RefresherForm
from courses.refreshers.models import Occurrence, Refresher
from courses.refreshers.recurrence import frequency_of
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "course": "course__title", "starts": "starts_on"}
NEXT_RUNS = 6


@require_GET
@allowed(VIEW_PLANS)
def refreshers(request: HttpRequest) -> HttpResponse:
    """Every refresher with its next run, and what came of the last."""
    runs = Occurrence.objects.filter(refresher=OuterRef("pk"))
    latest = runs.ran().order_by("-on").values("pk")[:1]
    coming = runs.to_come().order_by("on").values("on")[:1]
    every = Refresher.objects.select_related("course", "audience")
    every = every.annotate(last=Subquery(latest), coming=Subquery(coming))
    page = paginate(request, sorted_by(request, every, COLUMNS, "title"))
    past = Occurrence.objects.with_results().in_bulk([row.last for row in page if row.last])
    rows = [_row(refresher, past.get(refresher.last)) for refresher in page]
    context = {"page": page, "rows": rows, "sort": "title", "can_plan": me(request).may(PLAN)}
    return render(request, "courses/refreshers/list.html", context)


def _row(refresher: Any, last: Occurrence | None) -> dict[str, Any]:
    upcoming = None if refresher.paused_at else refresher.coming
    frequency = frequency_of(refresher.rrule).label
    return {"refresher": refresher, "frequency": frequency, "next": upcoming, "last": last}


def upcoming_runs(refresher: Refresher, count: int) -> list[date]:
    """The next days on which a run opens; none while it is paused."""
    if refresher.paused_at:
        return []
    return list(refresher.occurrences.to_come().order_by("on").values_list("on", flat=True)[:count])


@require_GET
@allowed(VIEW_PLANS)
def refresher(request: HttpRequest, pk: int) -> HttpResponse:
    """One refresher: its rule in words, the runs that were and those that come."""
    found = get_object_or_404(Refresher.objects.select_related("course", "audience", "owner"), pk=pk)
    page = paginate(request, found.occurrences.ran().with_results().order_by("-on"))
    today = clock.today()
    context = {
        "refresher": found,
        "frequency": frequency_of(found.rrule).label,
        "who": describe(found.audience.conditions),
        "people": sizes([found.audience], on=today)[found.audience_id],
        "page": page,
        "upcoming": upcoming_runs(found, NEXT_RUNS),
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/refreshers/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def refresher_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Refresher.objects.select_related("audience"), pk=pk) if pk else None
    form = RefresherForm(posted(request), refresher=found)
    who = AudienceForm(posted(request), audience=found.audience if found else None)
    if form.is_valid() and who.is_valid():
        with transaction.atomic():
            saved = form.save(who, by=me(request))
            transaction.set_rollback(saved is None)
        if saved:
            messages.success(request, _("Refresher “%(title)s” saved.") % {"title": saved})
            return redirect("refresher", saved.pk)
    reach = reach_shown(who, found.audience.conditions if found else [])
    context = {"form": form, "audience": who, "refresher": found, "reach": reach}
    return render(request, "courses/refreshers/form.html", context)


@require_POST
@allowed(PLAN)
def refresher_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause the refresher, or with `resume` go on."""
    found = get_object_or_404(Refresher, pk=pk)
    if "resume" in request.POST:
        actions.resume(found, by=me(request), at=clock.now())
        messages.success(request, _("“%(title)s” goes on.") % {"title": found})
    else:
        actions.pause(found, reason=request.POST.get("reason") or _("By hand"), by=me(request), at=clock.now())
        messages.success(request, _("“%(title)s” is paused.") % {"title": found})
    return redirect("refresher", found.pk)
