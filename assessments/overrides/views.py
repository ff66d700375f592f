"""The pages of other terms at quizzes: who has which and why, give, change, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import GIVE_OVERRIDES, VIEW_OVERRIDES
from assessments.overrides import actions
from assessments.overrides.forms import GiveForm, OverrideFilter, TermsForm, people_called
from assessments.overrides.models import SETTINGS, Override
from assessments.overrides.shown import in_words
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"person": "person__sort_key", "quiz": "quiz__unit__course__title", "given": "created_at"}
BESIDE = ("quiz__unit__course", "person__department", "audience", "by", "ended_by")


@require_GET
@allowed(VIEW_OVERRIDES)
def overrides(request: HttpRequest) -> HttpResponse:
    """Who has other terms at which quiz; those in force first of all."""
    seen = Override.objects.visible_to(me(request)).select_related(*BESIDE)
    filterset = OverrideFilter(request.GET, sorted_by(request, seen, COLUMNS, "-given"))
    page = paginate(request, filterset.qs)
    rows = [(override, in_words(override)) for override in page]
    context = {"filterset": filterset, "page": page, "rows": rows, "sort": "-given"}
    context["may_give"] = me(request).may(GIVE_OVERRIDES)
    return render_page(request, "assessments/overrides/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_OVERRIDES)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds, why, and what held before."""
    found = get_object_or_404(Override.objects.visible_to(me(request)).select_related(*BESIDE), pk=pk)
    may = me(request).may(GIVE_OVERRIDES) and found.person_id != me(request).pk and not found.ended_at
    context: dict[str, Any] = {"override": found, "words": in_words(found), "may_change": may}
    context["earlier"] = _earlier(found)
    return render(request, "assessments/overrides/detail.html", context)


def _earlier(found: Override) -> list[tuple[Any, list[str]]]:
    """The settings that were given before, the last first, as the history has them."""
    events = list(Override.pgh_event_model.objects.filter(pgh_obj_id=found.pk).order_by("-pgh_id"))  # type: ignore[attr-defined]  # made by tracked()
    kept = {name: getattr(found, name) for name in (*SETTINGS, "reason")}
    rows = []
    for event in events:
        values = {name: getattr(event, name) for name in (*SETTINGS, "reason")}
        if values != kept:
            rows.append((event, in_words(event)))
            kept = values
    return rows


@require_http_methods(["GET", "POST"])
@allowed(GIVE_OVERRIDES)
def override_new(request: HttpRequest) -> HttpResponse:
    """Give other terms; a link may say at which quiz and to whom."""
    form = GiveForm(posted(request), by=me(request), initial=request.GET.dict())
    if form.is_bound and form.is_valid() and (given := form.give(at=clock.now())):
        messages.success(request, _("Saved. Open attempts have the new time already."))
        return redirect("override", given.pk)
    return render(request, "assessments/overrides/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(GIVE_OVERRIDES)
def override_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was given, with a reason."""
    mine = Override.objects.changeable_by(me(request)).filter(ended_at=None)
    found = get_object_or_404(mine.select_related("quiz__unit__course", "person", "audience"), pk=pk)
    kept = {name: getattr(found, name) for name in (*SETTINGS, "reason")}
    form = TermsForm(posted(request), initial=kept)
    whom = found.person or found.audience
    if form.is_bound and form.is_valid() and whom and form.save(found.quiz, whom, by=me(request), at=clock.now()):
        messages.success(request, _("Saved. Open attempts have the new time already."))
        return redirect("override", pk)
    context = {"form": form, "override": found}
    return render(request, "assessments/overrides/form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(GIVE_OVERRIDES)
def override_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Override.objects.changeable_by(me(request)), pk=pk)
    try:
        actions.end(found, by=me(request), at=clock.now())
        messages.success(request, _("Ended. The quiz's own settings hold again."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("override", pk)


@require_GET
@allowed(GIVE_OVERRIDES)
def override_people(request: HttpRequest) -> HttpResponse:
    """Suggestions for the name that is typed."""
    found = people_called(request.GET.get("person", "").strip(), me(request))
    return render(request, "assessments/overrides/_people.html", {"found": found})
