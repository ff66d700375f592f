"""The graph of careers and its steps: everybody reads them, HR draws them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import EDIT_CAREERS, KEEP_RESERVE, SEE_RESERVE, VIEW_CAREERS
from mentoring.careers.actions import retire_step
from mentoring.careers.forms import StepForm
from mentoring.careers.graph import draw
from mentoring.careers.loops import Place
from mentoring.careers.models import CareerStep
from mentoring.careers.shown import asks_of
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User


@require_GET
@allowed(VIEW_CAREERS)
def careers(request: HttpRequest) -> HttpResponse:
    """Which job leads to which, drawn and as a list by level."""
    user = me(request)
    steps = list(CareerStep.objects.visible_to(user).in_use().whole())
    told = user.may(SEE_RESERVE)
    people = _people(user) if told else None
    mine = Place(user.position_id, user.grade) if user.position_id else None
    context = {
        "graph": draw(steps, people=people, mine=mine) if steps else None,
        "may_edit": user.may(EDIT_CAREERS),
        "may_see_reserve": told,
    }
    return render(request, "mentoring/careers/graph.html", context)


def _people(user: User) -> dict[Place, int]:
    """How many of those whom the user sees hold each position at each grade."""
    seen = User.objects.visible_to(user).employed(days.today()).exclude(position=None)
    rows = seen.order_by().values_list("position", "grade").annotate(n=Count("pk"))
    return {Place(position, grade): number for position, grade, number in rows}


@require_GET
@allowed(VIEW_CAREERS)
def career_step(request: HttpRequest, pk: int) -> HttpResponse:
    """What one step asks, and who is near it for those who plan."""
    user = me(request)
    step = get_object_or_404(CareerStep.objects.visible_to(user).whole(), pk=pk)
    plans = user.may(SEE_RESERVE)
    context = {
        "step": step,
        "asks": asks_of(step),
        "query": f"?step={step.pk}",
        "reserves": step.reserves.listed().visible_to(user).count() if plans else 0,
        "waiting": step.nominations.open().visible_to(user).count() if plans else 0,
        "may_see_reserve": plans,
        "may_keep": user.may(KEEP_RESERVE) and not step.retired_at,
        "may_edit": user.may(EDIT_CAREERS) and not step.retired_at,
        "is_mine": Place(step.from_position_id, step.from_grade).meets(Place(user.position_id or 0, user.grade)),
    }
    return render(request, "mentoring/careers/step.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_CAREERS)
def career_step_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a step, or change what one asks."""
    found = get_object_or_404(CareerStep.objects.in_use(), pk=pk) if pk else None
    form = StepForm(posted(request), step=found)
    if request.method == "POST" and form.is_valid():
        try:
            step = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(what)s” is saved.") % {"what": step})
            return redirect("career-step", step.pk)
    context: dict[str, Any] = {"form": form, "step": found, "grades": _grades()}
    return render(request, "mentoring/careers/step_form.html", context, status=422 if form.errors else 200)


def _grades() -> list[str]:
    """The grades that people have, to choose from."""
    rows = User.objects.people().exclude(grade="").order_by("grade")
    return list(rows.values_list("grade", flat=True).distinct())


@require_POST
@allowed(EDIT_CAREERS)
def career_step_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step out of use."""
    step = retire_step(get_object_or_404(CareerStep, pk=pk), at=clock.now())
    messages.success(request, _("“%(what)s” is out of use.") % {"what": step})
    return redirect("careers")
