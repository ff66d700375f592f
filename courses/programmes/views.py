"""Pages of programmes: the list, one programme, its form, one assignment of it."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import describe
from courses.programmes import actions
from courses.programmes.forms import ProgrammeFilter
from courses.programmes.models import Assignment, Programme
from trainingsite.core import clock
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "stages": "stages_count", "assignments": "assigned", "changed": "modified_at"}
NEWEST_ASSIGNMENTS = 20


@require_GET
@allowed(VIEW_PLANS)
def programmes(request: HttpRequest) -> HttpResponse:
    counted = Programme.objects.visible_to(me(request)).annotate(
        stages_count=Count("stages", distinct=True), assigned=Count("assignments", distinct=True)
    )
    filterset = ProgrammeFilter(request.GET, queryset=counted)
    page = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "title"))
    context = {"page": page, "filterset": filterset, "sort": "title", "can_plan": me(request).may(PLAN)}
    return render_page(request, "courses/programmes/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_PLANS)
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """What it consists of and to whom it was given, with their progress."""
    found = get_object_or_404(Programme.objects.visible_to(me(request)), pk=pk)
    assignments = found.assignments.select_related("audience", "assigned_by", "job").with_progress(clock.today())
    context = {
        "programme": found,
        "assignments": assignments.order_by("-assigned_on", "-pk")[:NEWEST_ASSIGNMENTS],
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/programmes/detail.html", context)


@require_POST
@allowed(PLAN)
def programme_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the programme into the archive, or with `restore` back."""
    found = get_object_or_404(Programme, pk=pk)
    if "restore" in request.POST:
        actions.restore(found)
        messages.success(request, _("“%(title)s” is in use again.") % {"title": found})
    else:
        actions.archive(found, at=clock.now())
        messages.success(request, _("“%(title)s” is in the archive; who has it keeps it.") % {"title": found})
    return redirect("programme", found.pk)


@require_GET
@allowed(VIEW_PLANS)
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: to whom, by when, how far they are course by course, and who fell out of it."""
    today = clock.today()
    given = Assignment.objects.select_related("programme", "audience", "assigned_by", "job").with_progress(today)
    found = get_object_or_404(given, pk=pk)
    context = {"assignment": found, "who": describe(found.audience.conditions)}
    return render(request, "courses/programmes/assignment.html", context)
