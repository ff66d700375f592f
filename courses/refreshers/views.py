"""Refreshers as HR looks at them: all of them, one with its runs; pausing one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import describe, sizes
from courses.refreshers.actions import pause, resume
from courses.refreshers.describing import in_words
from courses.refreshers.filters import RefresherFilter
from courses.refreshers.forms import ReasonForm
from courses.refreshers.models import Occurrence, Refresher
from courses.refreshers.whats import Result, known, links_of, results_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "what": "what", "starts": "starts_on", "next": "coming"}
NEXT_RUNS = 8


def _listed(request: HttpRequest) -> tuple[RefresherFilter, Any]:
    """Every refresher with the ids of its last run (`last`) and of the next (`next_run`)."""
    runs = Occurrence.objects.filter(refresher=OuterRef("pk"))
    latest, coming = runs.ran().order_by("-on"), runs.to_come().order_by("on")
    every = Refresher.objects.visible_to(me(request)).select_related("course", "audience")
    every = every.annotate(
        last=Subquery(latest.values("pk")[:1]),
        next_run=Subquery(coming.values("pk")[:1]),
        coming=Subquery(coming.values("on")[:1]),
    )
    filterset = RefresherFilter(request.GET, queryset=every)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "title")


@require_GET
@allowed(VIEW_PLANS)
def refreshers(request: HttpRequest) -> HttpResponse:
    """Every refresher with its next run, and what came of the last."""
    filterset, found = _listed(request)
    page = paginate(request, found)
    context = {
        "filterset": filterset,
        "page": page,
        "rows": _rows(list(page)),
        "sort": "title",
        "can_plan": me(request).may(PLAN),
    }
    return render_page(request, "courses/refreshers/list.html", context, partial="rows")


def _rows(found: Sequence[Any]) -> list[dict[str, Any]]:
    ids = [pk for row in found for pk in (row.last, row.next_run) if pk]
    runs = Occurrence.objects.select_related("refresher").in_bulk(ids)
    results = results_of([runs[row.last] for row in found if row.last in runs])
    return [
        {
            "refresher": row,
            "what": known(row.what),
            "rhythm": in_words(row.rrule, row.starts_on),
            "next": None if row.paused_at else runs.get(row.next_run),
            "last": runs.get(row.last),
            "result": results.get(row.last),
        }
        for row in found
    ]


@require_GET
@allowed(VIEW_PLANS)
def refreshers_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    rows = _rows(list(_listed(request)[1]))
    headings = [_("Title"), pgettext("refresher", "What"), _("How often"), _("Audience"), _("Next run"), _("Last run")]
    headings += [pgettext("how many", "People"), _("Completed"), _("Paused because")]
    return csv_download("refreshers", headings, (_cells(row) for row in rows))


def _cells(row: dict[str, Any]) -> list[Any]:
    found, result = row["refresher"], row["result"] or Result()
    what = row["what"].label if row["what"] else found.what
    days = [run.on if run else "" for run in (row["next"], row["last"])]
    return [
        *(found.title, what, row["rhythm"], found.audience.name or _("Own conditions")),
        *days,
        *(result.total, result.done, found.paused_reason),
    ]


@require_GET
@allowed(VIEW_PLANS)
def refresher(request: HttpRequest, pk: int) -> HttpResponse:
    """One refresher: its rule in words, the runs that were and those that come."""
    every = Refresher.objects.visible_to(me(request)).select_related("course", "template", "audience", "owner")
    found = get_object_or_404(every, pk=pk)
    runs = found.occurrences.select_related("changed_by", "refresher")
    today = clock.today()
    page = paginate(request, runs.behind(today).order_by("-on", "-pk"))
    opened = [run for run in page if run.opened_at]
    results, links = results_of(opened), links_of(opened)
    context = {
        "refresher": found,
        "what": known(found.what),
        "rhythm": in_words(found.rrule, found.starts_on),
        "who": describe(found.audience.conditions),
        "people": sizes([found.audience], on=today)[found.audience_id],
        "page": page,
        "rows": [{"run": run, "result": results.get(run.pk), "url": links.get(run.pk)} for run in page],
        "upcoming": list(runs.ahead(today).order_by("on", "pk")[:NEXT_RUNS]),
        "today": today,
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/refreshers/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def refresher_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and pause the refresher."""
    found = get_object_or_404(Refresher, pk=pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            pause(found, reason=form.cleaned_data["reason"], by=me(request), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(title)s” is paused.") % {"title": found})
            return redirect("refresher", found.pk)
    context = {"form": form, "refresher": found, "act": "pause"}
    return render(request, "courses/refreshers/act.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def refresher_resume(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Refresher, pk=pk)
    resume(found, by=me(request), at=clock.now())
    messages.success(request, _("“%(title)s” goes on.") % {"title": found})
    return redirect("refresher", found.pk)
