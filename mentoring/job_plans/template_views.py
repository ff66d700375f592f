"""Templates of plans: the list, the editor with its weeks, and what becomes of a template."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from mentoring.acts import EDIT_JOB_PLANS, VIEW_JOB_PLANS
from mentoring.job_plans.editing import drawn, order_asked
from mentoring.job_plans.filters import TemplateFilter
from mentoring.job_plans.forms import CopyForm, TaskForm, TemplateForm
from mentoring.job_plans.models import JobPlanTemplate, TemplateTask
from mentoring.job_plans.templates import place_tasks, remove_task, restore_template, retire_template, save_task
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.given import whole
from trainingsite.core.paging import asks_part, paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "weeks": "weeks", "tasks": "tasks_count", "used": "used"}


@require_GET
@allowed(VIEW_JOB_PLANS)
def templates(request: HttpRequest) -> HttpResponse:
    counted = JobPlanTemplate.objects.visible_to(me(request)).annotate(
        tasks_count=Count("tasks", distinct=True),
        used=Count("plans", distinct=True, filter=Q(plans__ended_on=None)),
    )
    filterset = TemplateFilter(request.GET, counted.prefetch_related("positions"))
    context = {
        "page": paginate(request, sorted_by(request, filterset.qs, COLUMNS, "title")),
        "filterset": filterset,
        "sort": "title",
        "target": "#templates",
        "may_edit": me(request).may(EDIT_JOB_PLANS),
    }
    return render_page(request, "mentoring/job_plans/templates.html", context, partial="rows")


def _template(request: HttpRequest, pk: int) -> JobPlanTemplate:
    rows = JobPlanTemplate.objects.visible_to(me(request)).select_related("certification")
    found: JobPlanTemplate = get_object_or_404(rows, pk=pk)
    return found


@require_GET
@allowed(VIEW_JOB_PLANS)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The weeks with their tasks; HR changes them here, everybody else reads."""
    return _editor(request, _template(request, pk))


def _editor(request: HttpRequest, found: JobPlanTemplate, **more: Any) -> HttpResponse:
    shown = drawn(found)
    context = {
        "template": found,
        "drawn": shown,
        "said": shown.said(more.get("moved", 0)),
        "positions": list(found.positions.all()),
        "may_edit": me(request).may(EDIT_JOB_PLANS) and found.retired_at is None,
        "may_keep": me(request).may(EDIT_JOB_PLANS),
        **more,
    }
    return render_page(request, "mentoring/job_plans/template.html", context, partial="weeks")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_JOB_PLANS)
def template_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    found = _template(request, pk) if pk else None
    form = TemplateForm(posted(request), template=found)
    if form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(what)s” is saved.") % {"what": saved})
            return redirect("job-plan-template", saved.pk)
    context = {"form": form, "template": found}
    return render(request, "mentoring/job_plans/template_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_JOB_PLANS)
def template_copy(request: HttpRequest, pk: int) -> HttpResponse:
    found = _template(request, pk)
    form = CopyForm(posted(request), initial={"title": _("%(title)s (copy)") % {"title": found}})
    if form.is_valid():
        try:
            copy = form.save(found)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(what)s” is saved.") % {"what": copy})
            return redirect("job-plan-template", copy.pk)
    context = {"form": form, "template": found}
    return render(request, "mentoring/job_plans/template_copy.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_JOB_PLANS)
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire the template, or restore it (`restore`)."""
    found = _template(request, pk)
    if "restore" in request.POST:
        restore_template(found)
        messages.success(request, _("“%(what)s” can be used again.") % {"what": found})
    else:
        retire_template(found, at=clock.now())
        messages.success(request, _("“%(what)s” is retired; plans that have begun go on.") % {"what": found})
    return redirect("job-plan-template", found.pk)


@require_POST
@allowed(EDIT_JOB_PLANS)
def template_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the order from a drag (`place`, repeated, as week:task), or from the button that moves one task."""
    found = _template(request, pk)
    order, moved = order_asked(request.POST)
    refusal = ""
    try:
        place_tasks(found, order)
    except Refused as refused:
        refusal = str(refused.message)
    if asks_part(request):
        return _editor(request, found, refusal=refusal, moved=moved)
    if refusal:
        messages.error(request, refusal)
    return redirect("job-plan-template", found.pk)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_JOB_PLANS)
def template_task_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _template(request, pk)
    week = whole(request.GET.get("week", ""), found.weeks, least=1) or 1
    return _task_form(request, found, None, week)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_JOB_PLANS)
def template_task(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(TemplateTask.objects.select_related("template__certification"), pk=pk)
    return _task_form(request, task.template, task, task.week)


def _task_form(request: HttpRequest, found: JobPlanTemplate, task: TemplateTask | None, week: int) -> HttpResponse:
    """The form in its place for htmx, else as a page; saved, the weeks as they are then."""
    form = TaskForm(posted(request), weeks=found.weeks, task=task, week=week)
    if form.is_valid():
        try:
            saved = save_task(found, task, form.words)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            if not asks_part(request):
                return redirect("job-plan-template", found.pk)
            answer = _editor(request, found, moved=saved.pk)
            return reswap(retarget(answer, "#weeks"), "outerHTML")
    context = {"form": form, "template": found, "task": task, "week": week}
    status = 422 if form.errors else 200
    return render_page(request, "mentoring/job_plans/template_task.html", context, partial="form", status=status)


@require_POST
@allowed(EDIT_JOB_PLANS)
def template_task_remove(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(TemplateTask.objects.select_related("template__certification"), pk=pk)
    remove_task(task)
    if asks_part(request):
        return _editor(request, task.template)
    return redirect("job-plan-template", task.template_id)
