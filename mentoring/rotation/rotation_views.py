"""One rotation: its page, and what person, host and supervisor do there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.profiles.fitting import wanted_by
from courses.models import Competency
from mentoring.acts import APPLY_FOR_ROTATION, DECIDE_ROTATIONS, VIEW_ROTATIONS
from mentoring.rotation import actions, doing
from mentoring.rotation.evaluating import Side, side_of
from mentoring.rotation.forms import DecideForm, EvaluationForm, StopForm
from mentoring.rotation.models import Rotation, RotationState, RotationTask
from mentoring.rotation.rights import may_decide, may_stop
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

MOST_SCORED = 12


def _found(request: HttpRequest, pk: int) -> Rotation:
    rows = Rotation.objects.visible_to(me(request)).select_related(
        "offer__department", "person__department", "host", "decided_by"
    )
    found: Rotation = get_object_or_404(rows, pk=pk)
    return found


@require_GET
@allowed(VIEW_ROTATIONS)
def rotation(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), DecideForm())


def _page(request: HttpRequest, found: Rotation, form: DecideForm) -> HttpResponse:
    user, day = me(request), days.today()
    tasks = list(found.tasks.select_related("confirmed_by"))
    evaluations = list(found.evaluations.select_related("by").prefetch_related("scores__competency"))
    side = side_of(found, user)
    goes_on = found.state == RotationState.APPROVED and found.begins_on <= day
    open_end = found.state in (RotationState.APPROVED, RotationState.FINISHED) and found.ends_on <= day
    context: dict[str, Any] = {
        "rotation": found,
        "day": day,
        "tasks": tasks,
        "done": sum(1 for task in tasks if task.done_at),
        "evaluations": evaluations,
        "is_mine": side == Side.PERSON,
        "is_host": side == Side.HOST,
        "goes_on": goes_on,
        "may_evaluate": open_end and side is not None and side not in {row.side for row in evaluations},
        "may_decide": may_decide(found, user),
        "may_withdraw": side == Side.PERSON and _withdrawable(found, goes_on=goes_on),
        "may_stop": may_stop(found, user),
        "form": form,
    }
    return render(request, "mentoring/rotation/rotation.html", context, status=422 if form.errors else 200)


def _withdrawable(rotation: Rotation, *, goes_on: bool) -> bool:
    return rotation.state in (RotationState.APPLIED, RotationState.APPROVED) and not goes_on


@require_POST
@allowed(DECIDE_ROTATIONS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _found(request, pk), DecideForm(request.POST)
    if form.is_valid():
        try:
            decided = form.save(found, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            yes = decided.state == RotationState.APPROVED
            text = _("Approved; the person and the host are told.") if yes else _("Declined; the person is told why.")
            messages.success(request, text)
            return redirect("rotation", found.pk)
    return _page(request, found, form)


def _tried(request: HttpRequest, act: Callable[[], object], pk: int) -> HttpResponse:
    """Do it and go back to the rotation; a refusal is said there."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("rotation", pk)


@require_POST
@allowed(APPLY_FOR_ROTATION)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _tried(request, lambda: actions.withdraw(found, by=me(request), at=clock.now()), found.pk)


@require_POST
@allowed(VIEW_ROTATIONS)
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a task off, or take the tick away (`done=0`)."""
    task = _task(request, pk)
    done, note = request.POST.get("done", "1") != "0", request.POST.get("note", "")[:300]
    act = lambda: doing.tick(task, by=me(request), at=clock.now(), done=done, note=note)  # noqa: E731 - one call
    return _tried(request, act, task.rotation_id)


@require_POST
@allowed(VIEW_ROTATIONS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    return _tried(request, lambda: doing.confirm(task, by=me(request)), task.rotation_id)


def _task(request: HttpRequest, pk: int) -> RotationTask:
    seen = Rotation.objects.visible_to(me(request))
    return get_object_or_404(RotationTask.objects.filter(rotation__in=seen), pk=pk)


@require_http_methods(["GET", "POST"])
@allowed(VIEW_ROTATIONS)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _found(request, pk), StopForm(posted(request))
    if not may_stop(found, me(request)):
        return redirect("rotation", found.pk)
    return _form(request, found, form, "mentoring/rotation/stop.html", _("The rotation is stopped; both are told."))


@require_http_methods(["GET", "POST"])
@allowed(VIEW_ROTATIONS)
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side = side_of(found, me(request))
    if side is None:
        return redirect("rotation", found.pk)
    competencies = _scored(found) if side == Side.HOST else []
    form = EvaluationForm(posted(request), side=side, competencies=competencies)
    return _form(request, found, form, "mentoring/rotation/evaluate.html", _("Thank you; the other side is told."))


def _scored(rotation: Rotation) -> list[Competency]:
    """What the host scores: what the person's own job asks, or the whole framework when it has no profile."""
    wanted = wanted_by([rotation.person_id], rotation.ends_on).get(rotation.person_id)
    rows = Competency.objects.in_use().select_related("group")
    if wanted:
        rows = rows.filter(pk__in=[need.competency_id for need in wanted.needs])
    return list(rows[:MOST_SCORED])


def _form(request: HttpRequest, found: Rotation, form: Any, template: str, thanks: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, thanks)
            return redirect("rotation", found.pk)
    context = {"form": form, "rotation": found}
    return render(request, template, context, status=422 if form.errors else 200)
