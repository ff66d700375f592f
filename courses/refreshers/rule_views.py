"""Make and change a rule: choose what comes again, say when and for whom, see the next days before it is saved."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.forms import AudienceForm
from courses.audiences.views import reach_shown
from courses.refreshers.days import Run, off_days, runs_between
from courses.refreshers.describing import in_words
from courses.refreshers.forms import RefresherForm, RhythmForm
from courses.refreshers.models import Refresher
from courses.refreshers.ready import READY
from courses.refreshers.recurrence import days_from
from courses.refreshers.whats import WHATS
from courses.workdays.days import reason_off
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

SHOWN = 12


@require_GET
@allowed(PLAN)
def refresher_choose(request: HttpRequest) -> HttpResponse:
    """What comes again: a kind, or a ready rule."""
    context = {"whats": WHATS.items(), "ready": [(key, one) for key, one in READY.items() if one.what in WHATS]}
    return render(request, "courses/refreshers/choose.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def refresher_new(request: HttpRequest, what: str) -> HttpResponse:
    """A new rule of this kind; `?ready=` fills in a ready one."""
    if what not in WHATS:
        messages.error(request, _("Nothing here knows what this refresher is."))
        return redirect("refresher-choose")
    ready = READY.get(request.GET.get("ready", ""))
    initial = dict(ready.initial(clock.today())) if ready else {"starts_on": clock.today() + timedelta(days=1)}
    return _form_page(request, RefresherForm(posted(request), what=what, initial=initial), None)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def refresher_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Refresher.objects.select_related("audience"), pk=pk)
    if found.what not in WHATS:
        messages.error(request, _("Nothing here knows what this refresher is."))
        return redirect("refresher", pk)
    return _form_page(request, RefresherForm(posted(request), what=found.what, refresher=found), found)


def _form_page(request: HttpRequest, form: RefresherForm, found: Refresher | None) -> HttpResponse:
    ready = READY.get(request.GET.get("ready", ""))
    who = AudienceForm(posted(request), audience=found.audience if found else None)
    if form.is_valid() and who.is_valid():
        with transaction.atomic():
            saved = form.save(who, by=me(request))
            transaction.set_rollback(saved is None)
        if saved:
            messages.success(request, _("Refresher “%(title)s” saved.") % {"title": saved})
            return redirect("refresher", saved.pk)
    context = {
        "form": form,
        "what": WHATS[form.what],
        "audience": who,
        "refresher": found,
        "reach": reach_shown(who, found.audience.conditions if found else []),
        "ready": request.GET.get("ready", ""),
        "lacks_template": ready.template if ready and ready.lacks_template else "",
    }
    status = 422 if form.errors or who.errors else 200
    return render(request, "courses/refreshers/form.html", context, status=status)


@require_POST
@allowed(VIEW_PLANS)
def refresher_preview(request: HttpRequest) -> HttpResponse:
    """The next days of what the form says at present, each with what shifts it."""
    context: dict[str, Any] = {"runs": [], "said": "", "words": ""}
    form = RhythmForm(request.POST)
    try:
        context |= _previewed(form) if form.is_valid() else {"said": _first_error(form, request.POST)}
    except Refused as refusal:
        context["said"] = str(refusal.message)
    return render(request, "courses/refreshers/_preview.html", context)


def _first_error(form: RhythmForm, sent: QueryDict) -> str:
    """What is wrong with what was filled in; nothing while fields are still empty."""
    return next((str(said[0]) for name, said in form.errors.items() if sent.get(name)), "")


def _previewed(form: RhythmForm) -> dict[str, Any]:
    given = form.cleaned_data
    names = ("starts_on", "at_time", "zone", "shift", "region")
    rule = Refresher(rrule=form.rrule, **{name: given[name] for name in names}, days_to_complete=1)
    rule.exdates = [day.isoformat() for day in given["exdates"]]
    runs = _next_runs(rule)
    off = off_days(runs[0].planned_on, runs[-1].planned_on) if runs else []
    said = "" if runs else _("This rule never fires within ten years.")
    rows = [{"run": run, "why": reason_off(run.planned_on, rule.region, off)} for run in runs]
    return {"runs": rows, "said": said, "words": in_words(rule.rrule, rule.starts_on)}


def _next_runs(rule: Refresher) -> list[Run]:
    """The first runs from today on."""
    first = max(rule.starts_on, clock.today())
    found = (day for day in days_from(rule.rrule, rule.starts_on, first) if day not in rule.days_left_out)
    days = [day for day, _number in zip(found, range(SHOWN), strict=False)]
    return runs_between(rule, days[0], days[-1], lead=timedelta(0)) if days else []
