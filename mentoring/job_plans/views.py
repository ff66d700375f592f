"""A plan: the page on which mentee and mentor sign week by week, on paper, and tasks of its own."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from mentoring.acts import (
    CHANGE_JOB_PLAN,
    EDIT_JOB_PLANS,
    HAVE_MENTOR,
    SEE_JOB_PLAN,
    SIGN_JOB_TASKS,
    WITHDRAW_SIGNATURES,
)
from mentoring.job_plans.actions import add_task, may_change, remove_task, sign
from mentoring.job_plans.forms import TaskForm, WithdrawForm
from mentoring.job_plans.models import JobPlan, JobTask, Side, SignResult
from mentoring.job_plans.sheet import sheet_of
from mentoring.job_plans.signing import side_of
from mentoring.pairings.models import Pairing
from trainingsite.core import clock, days
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.given import whole
from trainingsite.core.paging import asks_part, render_page
from trainingsite.people.access.doors import allowed, me

SAID = {
    SignResult.DONE: lambda: _("Signed."),
    SignResult.NOT_YET: lambda: _("Noted; the mentee has been told."),
    SignResult.UNDONE: lambda: _("Taken back."),
}


def _found(request: HttpRequest, pk: int) -> JobPlan:
    rows = JobPlan.objects.visible_to(me(request)).select_related("mentee__department", "certification")
    found: JobPlan = get_object_or_404(rows, pk=pk)
    return found


@require_GET
@allowed(SEE_JOB_PLAN)
def job_plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@require_GET
@allowed(HAVE_MENTOR)
def my_job_plan(request: HttpRequest) -> HttpResponse:
    """The mentee's own: the one that goes on, else the last one."""
    plans = JobPlan.objects.filter(mentee=me(request)).select_related("mentee__department", "certification")
    found = plans.order_by(F("ended_on").desc(nulls_first=True), "-pk").first()
    if found is None:
        return render(request, "mentoring/job_plans/none.html")
    return _page(request, found)


def _page(request: HttpRequest, plan: JobPlan, **more: Any) -> HttpResponse:
    user = me(request)
    sheet = sheet_of(plan, user, days.today())
    edits = plan.is_open and (sheet.side == Side.MENTOR or (user.may(EDIT_JOB_PLANS) and plan.mentee_id != user.pk))
    context = {"plan": plan, "sheet": sheet, "may_change": edits, "is_mine": plan.mentee_id == user.pk, **more}
    return render_page(request, "mentoring/job_plans/plan.html", context, partial="sheet")


@require_GET
@allowed(SEE_JOB_PLAN)
def print_plan(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _found(request, pk)
    context = {"plan": plan, "sheet": sheet_of(plan, me(request), days.today())}
    return render(request, "mentoring/job_plans/print.html", context)


def _task(request: HttpRequest, pk: int) -> tuple[JobTask, bool]:
    """The task, and whether the reader sees its plan; who guided the mentee before still finds it, to be told."""
    user = me(request)
    seen = JobPlan.objects.visible_to(user).filter(pk=OuterRef("plan"))
    guided = Pairing.objects.filter(mentor=user, mentee=OuterRef("plan__mentee"))
    rows = JobTask.objects.annotate(seen=Exists(seen)).filter(Q(seen=True) | Exists(guided))
    found = get_object_or_404(rows.select_related("plan__mentee__department", "plan__certification"), pk=pk)
    return found, found.seen  # type: ignore[attr-defined]  # annotated


@require_POST
@allowed(SIGN_JOB_TASKS)
def sign_task(request: HttpRequest, pk: int) -> HttpResponse:
    """`result`: done, not_yet (with a `note`) or undone. Sent twice, as after a lost connection, it is done once."""
    task, seen = _task(request, pk)
    said, refusal = "", ""
    try:
        said = _signed(request, task)
    except Refused as refused:
        refusal = str(refused.message)
    return _answer(request, task, seen=seen, said=said, refusal=refusal)


def _signed(request: HttpRequest, task: JobTask) -> str:
    """Sign as what the user is, and say so."""
    user, at, asked = me(request), clock.now(), request.POST.get("result", SignResult.DONE)
    if asked not in SignResult.values:
        raise Refused(_("Nobody can say that of a task."), code="unknown_result")
    result, note = SignResult(asked), request.POST.get("note", "")
    side = side_of(task.plan, user) or Side.MENTOR
    sign(task, side=side, by=user, at=at, on=company_day(at), result=result, note=note)
    return SAID[result]()


def _answer(request: HttpRequest, task: JobTask, *, seen: bool, said: str, refusal: str) -> HttpResponse:
    """The sheet anew for htmx; for an ordinary POST the page, at the task."""
    if seen and asks_part(request):
        return _page(request, task.plan, said=said, refusal=refusal, acted=task.pk)
    if refusal:
        messages.error(request, refusal)
    elif said:
        messages.success(request, said)
    back = f"{reverse('job-plan', args=[task.plan_id])}#task-{task.pk}" if seen else reverse("my-mentees")
    return HttpResponseClientRedirect(back) if asks_part(request) else redirect(back)


@require_http_methods(["GET", "POST"])
@allowed(CHANGE_JOB_PLAN)
def task_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A task more, for this mentee alone."""
    plan = _found(request, pk)
    week = whole(request.GET.get("week", ""), plan.weeks, least=1) or max(1, plan.week_of(days.today()))
    form = TaskForm(posted(request), weeks=plan.weeks, week=min(week, plan.weeks))
    if form.is_valid():
        try:
            task = add_task(plan, form.words, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(task)s” is in the plan.") % {"task": task.text})
            return redirect(f"{reverse('job-plan', args=[plan.pk])}#task-{task.pk}")
    context = {"form": form, "plan": plan, "may_change": may_change(plan, me(request))}
    return render(request, "mentoring/job_plans/task_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(WITHDRAW_SIGNATURES)
def task_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """HR or the supervisor takes back what one of the two signed."""
    user = me(request)
    rows = JobTask.objects.visible_to(user).exclude(plan__mentee=user).select_related("plan__mentee", "mentor")
    task = get_object_or_404(rows, pk=pk)
    form = WithdrawForm(posted(request), task=task)
    if form.is_valid():
        try:
            form.save(by=user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, SAID[SignResult.UNDONE]())
            return redirect(f"{reverse('job-plan', args=[task.plan_id])}#task-{task.pk}")
    context = {"form": form, "task": task, "plan": task.plan}
    return render(request, "mentoring/job_plans/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(CHANGE_JOB_PLAN)
def task_remove(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(JobTask.objects.filter(plan__in=JobPlan.objects.visible_to(me(request))), pk=pk)
    try:
        remove_task(task, by=me(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("“%(task)s” is no longer in the plan.") % {"task": task.text})
    return redirect("job-plan", task.plan_id)
