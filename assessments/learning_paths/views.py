"""A person's learning path: what is suggested, what was taken on, how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import ASSIGN_PATHS, FOLLOW_PATHS, SEE_PATHS
from assessments.learning_paths import actions
from assessments.learning_paths.assigning import within_reach
from assessments.learning_paths.choosing import ticked
from assessments.learning_paths.expecting import looked_ahead, outlook_of
from assessments.learning_paths.forms import AcceptForm, NumbersField, ReasonForm
from assessments.learning_paths.models import LearningPath
from assessments.learning_paths.pace import CHOICES, HOURS_A_WEEK, pace, seasons_after
from assessments.learning_paths.shown import ended, latest_path, shown
from assessments.learning_paths.suggestions import Suggestion, suggest
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

FOLDER = "assessments/learning_paths"


@require_http_methods(["GET", "POST"])
@allowed(FOLLOW_PATHS)
def my_path(request: HttpRequest) -> HttpResponse:
    """What I have taken on, or what is suggested to me, to be taken on wholly or in part."""
    form = AcceptForm(posted(request))
    if form.is_bound and form.is_valid() and _accepted(request, form):
        return redirect("my-path")
    context = _about(request, me(request)) | {"form": form, "own": True}
    context |= _chosen(form, context)
    return render(request, f"{FOLDER}/mine.html", context, status=422 if form.errors else 200)


def _accepted(request: HttpRequest, form: AcceptForm) -> bool:
    try:
        made = actions.accept(me(request), **form.cleaned_data, at=clock.now())
    except actions.SuggestionChanged as changed:
        messages.warning(request, str(changed.message))
        return True  # the page is shown anew, with what is suggested now
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    count = made.steps.count()
    messages.success(request, _("Taken on: %(n)s courses. Begin with the first one.") % {"n": count})
    return True


def _chosen(form: AcceptForm, context: dict[str, Any]) -> dict[str, Any]:
    """The day: as it was sent, or else the one that the pace gives; and what was sent ticked."""
    if "pace" not in context:
        return {}
    sent = {"chosen": set(form.cleaned_data.get("courses", []))} if form.is_bound else {}
    return {"until": form["due_on"].value() or context["pace"].done_on.isoformat(), **sent}


def _suggested(request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
    """The courses with what is expected of them, the hours and the day of those that are ticked; at first, all."""
    now, today = clock.now(), clock.today()
    chosen = {step.course.pk for step in suggestion.steps}
    if "picked" in request.GET:
        given = chosen & set(NumbersField().clean(request.GET.getlist("courses")))
        chosen = ticked(suggestion.steps, given, whole(request.GET.get("changed", ""), LARGEST_KEY))
    taken = [step for step in suggestion.steps if step.course.pk in chosen]
    minutes = sum(step.minutes for step in taken)
    hours = whole(request.GET.get("hours", ""), max(CHOICES), least=1) or HOURS_A_WEEK
    running = {step.course.pk: sum(each.minutes for each in taken[: place + 1]) for place, step in enumerate(taken)}
    rows = [(step, moves, running.get(step.course.pk)) for step, moves in outlook_of(suggestion, chosen, now)]
    return {
        "rows": rows,
        "first": taken[0] if taken else None,
        "count": len(taken),
        "minutes": minutes,
        "chosen": chosen,
        "pace": pace(minutes, hours, today, seasons_after(today)),
    }


def _about(request: HttpRequest, person: User) -> dict[str, Any]:
    """At most eleven queries: the open path, or what is suggested and how the last path ended."""
    today = clock.today()
    path = latest_path(person)
    context: dict[str, Any] = {"person": person, "today": today, "choices": CHOICES}
    if path is not None and path.closed_at is None:
        return context | {"found": looked_ahead(shown([path])[0], clock.now())}
    suggestion = suggest(person, today)
    context["suggestion"] = suggestion
    if path is not None:
        context["ended"] = ended(path, suggestion.competencies if suggestion else {})
    if suggestion is not None and suggestion.steps:
        context |= _suggested(request, suggestion)
    return context


@require_GET
@allowed(SEE_PATHS)
def person_path(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of somebody whose records I see."""
    person = get_object_or_404(User.objects.filter(records_seen_by(me(request), "")), pk=pk)
    context = _about(request, person) | {"may_close": me(request).may(ASSIGN_PATHS), "close_form": ReasonForm()}
    return render(request, f"{FOLDER}/person.html", context)


@require_POST
@allowed(SEE_PATHS)
def path_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a path: one's own, or as HR or supervisor that of one's people."""
    viewer = me(request)
    path = get_object_or_404(LearningPath.objects.visible_to(viewer).select_related("person"), pk=pk)
    own = path.person_id == viewer.pk
    if not own and not (viewer.may(ASSIGN_PATHS) and within_reach(viewer, clock.today()).filter(pk=path.person_id)):
        return HttpResponse(status=404)
    try:
        actions.close(path, reason=request.POST.get("reason", ""), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The learning path has ended; its courses stay open."))
    return redirect("my-path") if own else redirect("person-path", path.person_id)
