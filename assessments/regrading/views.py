"""Pages of regrades: all of them, beginning one, its trial and the decision."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import REGRADE, VIEW_REGRADES
from assessments.regrading import actions
from assessments.regrading.filters import ChangeFilter
from assessments.regrading.forms import DecisionForm, RegradeForm
from assessments.regrading.models import ChangeQuerySet, Regrade, State
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "name": "attempt__person__sort_key",
    "before": "score_before",
    "after": "score_after",
    "quiz": "attempt__quiz__unit__title",
}
RELATED = ("question__current", "quiz__unit__course", "started_by", "decided_by", "job")


@require_GET
@allowed(VIEW_REGRADES)
def regrades(request: HttpRequest) -> HttpResponse:
    """What was graded again, and what is under way."""
    found = Regrade.objects.select_related(*RELATED).annotate(people=Count("changes")).newest_first()
    context = {"page": paginate(request, found), "may_start": me(request).may(REGRADE)}
    return render(request, "assessments/regrading/list.html", context)


@require_http_methods(["GET", "POST"])
@allowed(REGRADE)
def regrade_new(request: HttpRequest) -> HttpResponse:
    """Choose the question and what happens; a trial follows, which changes nothing."""
    form = RegradeForm(posted(request), initial={"question": request.GET.get("question", "")})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.start(data["question"], quiz=data["quiz"], way=data["way"], by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("regrade", made.pk)
    return render(request, "assessments/regrading/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(VIEW_REGRADES)
def regrade(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changes, and the decision; afterwards what was done."""
    found = get_object_or_404(Regrade.objects.select_related(*RELATED), pk=pk)
    may = me(request).may(REGRADE)
    decides = may and found.state == State.CHECKED and found.changes.exists()
    form = DecisionForm(posted(request)) if decides else None
    if form is not None and form.is_bound and form.is_valid() and _carried_out(request, found, form):
        return redirect("regrade", pk)
    context = _shown(request, found) | {"form": form, "may": may, "stuck": may and actions.is_stuck(found)}
    status = 422 if form is not None and form.errors else 200
    return render_page(request, "assessments/regrading/detail.html", context, partial="rows", status=status)


def _shown(request: HttpRequest, found: Regrade) -> dict[str, Any]:
    seen: ChangeQuerySet = found.changes.visible_to(me(request))
    related = seen.select_related("attempt__person__department", "attempt__quiz__unit__course")
    filterset = ChangeFilter(request.GET, related)
    return {
        "regrade": found,
        "filterset": filterset,
        "page": paginate(request, sorted_by(request, filterset.qs, COLUMNS, "name")),
        "counts": _counts(found),
        "sort": "name",
        "target": "#rows",
    }


def _counts(found: Regrade) -> dict[str, int]:
    """How many change in which way."""
    losing = Q(passed_before=True, reaches_mark=False)
    winning = Q(passed_after=True) & ~Q(passed_before=True)
    return found.changes.aggregate(
        all=Count("pk"),
        losing=Count("pk", filter=losing),
        winning=Count("pk", filter=winning),
        certified=Count("pk", filter=~Q(certificates=[])),
    )


def _carried_out(request: HttpRequest, found: Regrade, form: DecisionForm) -> bool:
    try:
        actions.carry_out(found, **form.cleaned_data, by=me(request), at=clock.now())
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("It is being carried out; everybody whose result changes is told."))
    return True


@require_POST
@allowed(REGRADE)
def regrade_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is graded again."""
    try:
        actions.discard(get_object_or_404(Regrade, pk=pk))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("regrade", pk)
    messages.success(request, _("Discarded; nothing was changed."))
    return redirect("regrades")


@require_POST
@allowed(REGRADE)
def regrade_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    actions.go_on(get_object_or_404(Regrade, pk=pk), by=me(request))
    return redirect("regrade", pk)


@require_GET
@allowed(VIEW_REGRADES)
def regrade_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every change, as it is seen."""
    found = get_object_or_404(Regrade, pk=pk)
    headings = [_("person"), _("employee number"), _("department"), _("course"), _("quiz"), _("attempt")]
    headings += [_("score before (%)"), _("score after (%)"), _("passed before"), _("passed after"), _("certificates")]
    return csv_download(f"regrade-{pk}", headings, _rows(_shown(request, found)["filterset"].qs))


def _rows(changes: ChangeQuerySet) -> Iterator[list[Any]]:
    for change in changes.iterator(chunk_size=2000):
        person, unit = change.attempt.person, change.attempt.quiz.unit
        yield [
            person.name,
            person.employee_number,
            str(person.department or ""),
            str(unit.course),
            str(unit),
            change.attempt.number,
            change.score_before,
            change.score_after,
            _("yes") if change.passed_before else _("no"),
            _("yes") if change.passed_after else _("no"),
            " ".join(certificate["code"] for certificate in change.certificates),
        ]
