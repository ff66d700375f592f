"""My plan, one plan and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import PLAN_DEVELOPMENT, SEE_DEVELOPMENT
from mentoring.development import actions, steps
from mentoring.development.forms import ActionForm, CloseForm, PlanForm, ReviewForm
from mentoring.development.models import DevelopmentPlan, PlanAction, PlanReview
from mentoring.development.proposals import ideas, leadership, proposal
from mentoring.development.rights import leads, may_change, may_review
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User


def _plans(request: HttpRequest) -> Any:
    return DevelopmentPlan.objects.visible_to(me(request)).select_related(
        "person__department", "person__position", "partner", "step__from_position", "step__to_position"
    )


def _found(request: HttpRequest, pk: int) -> DevelopmentPlan:
    found: DevelopmentPlan = get_object_or_404(_plans(request), pk=pk)
    return found


@require_GET
@allowed(SEE_DEVELOPMENT)
def my_development(request: HttpRequest) -> HttpResponse:
    """The person's own plan, or how to begin one."""
    user = me(request)
    plans = list(_plans(request).filter(person=user).order_by("-begins_on", "-pk"))
    current = next((plan for plan in plans if plan.closed_at is None), None)
    if current:
        return _plan_page(request, current, [plan for plan in plans if plan is not current])
    context = {"past": plans, "may_plan": user.may(PLAN_DEVELOPMENT)}
    return render(request, "mentoring/development/none.html", context)


@require_GET
@allowed(SEE_DEVELOPMENT)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _plan_page(request, _found(request, pk), [])


def _plan_page(request: HttpRequest, found: DevelopmentPlan, past: list[DevelopmentPlan]) -> HttpResponse:
    user, day = me(request), days.today()
    rows = list(found.actions.with_links())
    reviews = list(found.reviews.select_related("by"))
    side = {found.person_id: "person", found.partner_id: "partner"}.get(user.pk, "")
    context = {
        "plan": found,
        "past": past,
        "day": day,
        "actions": rows,
        "done": sum(1 for row in rows if row.done_at),
        "reviews": reviews,
        "next_review": next((row for row in reviews if row.held_on is None), None),
        "is_mine": side == "person",
        "may_change": may_change(user, found),
        "may_review": may_review(user, found),
        "may_tick": bool(side) and found.is_agreed and found.closed_at is None and found.begins_on <= day,
        "may_agree": bool(side) and found.closed_at is None and getattr(found, f"{side}_agreed_at") is None,
        "can_agree": bool(rows) and found.partner_id is not None,
    }
    return render(request, "mentoring/development/plan.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN_DEVELOPMENT)
def plan_new(request: HttpRequest, person_pk: int | None = None) -> HttpResponse:
    """Begin a plan for oneself, or for somebody whom one leads."""
    user = me(request)
    people = User.objects.visible_to(user).people().select_related("department", "position")
    person = get_object_or_404(people, pk=person_pk or user.pk)
    if person != user and not leads(user, person):
        return redirect("development-plans")
    if (current := DevelopmentPlan.objects.open().filter(person=person).first()) is not None:
        return redirect("development-plan", current.pk)
    day = days.today()
    begun = proposal(person, by=user, on=day)
    found = ideas(person, begins_on=begun.begins_on, ends_on=begun.ends_on, on=day)
    form = PlanForm(posted(request), person=person, begun=begun, ideas=found)
    if saved := _saved(request, form, lambda: form.save(by=user)):
        messages.success(request, _("The plan is made. Look it over, then agree."))
        return redirect("development-plan", saved.pk)
    context = {"form": form, "person": person, "is_mine": person == user}
    return render(request, "mentoring/development/plan_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(PLAN_DEVELOPMENT)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not may_change(me(request), found):
        return redirect("development-plan", found.pk)
    form = PlanForm(posted(request), person=found.person, plan=found)
    if saved := _saved(request, form, lambda: form.save(by=me(request))):
        messages.success(request, _("The plan is saved."))
        return redirect("development-plan", saved.pk)
    context = {"form": form, "plan": found, "person": found.person}
    return render(request, "mentoring/development/plan_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: Any, save: Callable[[], Any]) -> Any:
    """What was saved, or None; a refusal then stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return save() or True
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _tried(request: HttpRequest, act: Callable[[], object], pk: int, done: str = "") -> HttpResponse:
    """Do it and go back to the plan; a refusal is said there."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        if done:
            messages.success(request, done)
    return redirect("development-plan", pk)


@require_POST
@allowed(SEE_DEVELOPMENT)
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    act = lambda: actions.agree(found, by=me(request), at=clock.now())  # noqa: E731 - one call
    return _tried(request, act, found.pk, _("You have agreed."))


@require_http_methods(["GET", "POST"])
@allowed(PLAN_DEVELOPMENT)
def action_form(request: HttpRequest, pk: int, action_pk: int | None = None) -> HttpResponse:
    """Add an action, or change one that is not done."""
    found = _found(request, pk)
    action = get_object_or_404(found.actions.filter(done_at=None), pk=action_pk) if action_pk else None
    if not may_change(me(request), found):
        return redirect("development-plan", found.pk)
    form = ActionForm(posted(request), plan=found, action=action)
    if _saved(request, form, lambda: form.save(by=me(request))):
        messages.success(request, _("The action is saved."))
        return redirect("development-plan", found.pk)
    context = {"form": form, "plan": found, "action": action}
    return render(request, "mentoring/development/action_form.html", context, status=422 if form.errors else 200)


def _action(request: HttpRequest, pk: int, action_pk: int) -> PlanAction:
    rows = PlanAction.objects.filter(plan__in=DevelopmentPlan.objects.visible_to(me(request)))
    return get_object_or_404(rows.select_related("plan"), pk=action_pk, plan=pk)


@require_POST
@allowed(PLAN_DEVELOPMENT)
def action_remove(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    found = _action(request, pk, action_pk)
    act = lambda: steps.remove_action(found, by=me(request), at=clock.now())  # noqa: E731 - one call
    return _tried(request, act, found.plan_id, _("The action is removed."))


@require_POST
@allowed(SEE_DEVELOPMENT)
def action_tick(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    """Tick an action off with its result, or take the tick away (`done=0`)."""
    found = _action(request, pk, action_pk)
    done, result = request.POST.get("done", "1") != "0", request.POST.get("result", "")
    act = lambda: steps.finish_action(found, by=me(request), at=clock.now(), result=result, done=done)  # noqa: E731
    return _tried(request, act, found.plan_id)


@require_POST
@allowed(PLAN_DEVELOPMENT)
def take_leadership(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the ready actions for future team leaders into the plan."""
    found = _found(request, pk)
    try:
        added = steps.add_actions(found, leadership(found, clock.now()), by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        text = ngettext("%(n)s action was added.", "%(n)s actions were added.", len(added))
        messages.success(request, text % {"n": len(added)})
    return redirect("development-plan", found.pk)


@require_http_methods(["GET", "POST"])
@allowed(PLAN_DEVELOPMENT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a review: the actions before one's eyes, and what was said."""
    seen = DevelopmentPlan.objects.visible_to(me(request))
    rows = PlanReview.objects.filter(plan__in=seen).select_related("plan__person__department", "plan__partner")
    found = get_object_or_404(rows, pk=pk)
    if not may_review(me(request), found.plan) or found.held_on:
        return redirect("development-plan", found.plan_id)
    form = ReviewForm(posted(request))
    if _saved(request, form, lambda: form.save(found, by=me(request))):
        messages.success(request, _("The review is noted; what was open is carried on."))
        return redirect("development-plan", found.plan_id)
    context = {"form": form, "review": found, "plan": found.plan, "actions": list(found.plan.actions.with_links())}
    context |= {"day": days.today(), "draft": f"plan-review-{found.pk}"}
    return render(request, "mentoring/development/review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(PLAN_DEVELOPMENT)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not may_review(me(request), found):
        return redirect("development-plan", found.pk)
    form = CloseForm(posted(request))
    if _saved(request, form, lambda: form.save(found, by=me(request))):
        messages.success(request, _("The plan is closed."))
        return redirect("development-plan", found.pk)
    context = {"form": form, "plan": found}
    return render(request, "mentoring/development/close.html", context, status=422 if form.errors else 200)
