"""Pages of programmes: the list, one programme with its stages and who has it, one assignment of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import describe
from courses.programmes import actions
from courses.programmes.assigning import stop_following
from courses.programmes.class_seats import unseated
from courses.programmes.drawn import stages_drawn
from courses.programmes.forms import ProgrammeFilter
from courses.programmes.models import Assignment, Participation, Programme, VersionStatus
from courses.programmes.participation_views import ParticipationFilter
from courses.programmes.preview_views import version_asked
from courses.programmes.session_items import unready_classes
from courses.programmes.way import ways_of
from trainingsite.core import clock
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "days": "days", "assignments": "assigned", "changed": "modified_at"}
PEOPLE_COLUMNS = {"person": "person__sort_key", "start": "starts_on", "completed": "completed_at"}
NEWEST_ASSIGNMENTS = 20


@require_GET
@allowed(VIEW_PLANS)
def programmes(request: HttpRequest) -> HttpResponse:
    present = Q(stages__version=F("version"))
    counted = (
        Programme.objects.visible_to(me(request))
        .with_length()
        .annotate(
            stages_count=Count("stages", distinct=True, filter=present), assigned=Count("assignments", distinct=True)
        )
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
    versions = list(found.versions.select_related("published_by").annotate(**_given))
    shown = version_asked(request, found)
    context = {
        "programme": found,
        "shown": shown,
        "stages": stages_drawn(found, shown.number),
        "versions": versions,
        "draft": next((each for each in versions if each.status == VersionStatus.DRAFT), None),
        "assignments": assignments.with_people().order_by("-assigned_on", "-pk")[:NEWEST_ASSIGNMENTS],
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/programmes/detail.html", context)


_given: dict[str, Any] = {
    "given": Count("programme__assignments", filter=Q(programme__assignments__programme_version=F("number")))
}


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
    """One assignment: to whom, by when, how far each person is, and who fell out of it."""
    today = clock.today()
    given = Assignment.objects.select_related("programme", "audience", "assigned_by", "job").with_progress(today)
    found = get_object_or_404(given.with_people(), pk=pk)
    people = Participation.objects.visible_to(me(request)).filter(assignment=found)
    filterset = ParticipationFilter(request.GET, queryset=people.select_related("person__department"))
    page = paginate(request, sorted_by(request, filterset.qs, PEOPLE_COLUMNS, "person"))
    for part in page:
        part.assignment = found
    context = {
        "assignment": found,
        "who": describe(found.audience.conditions),
        "filterset": filterset,
        "page": page,
        "ways": [(way, way.participation.state(today)) for way in ways_of(list(page), at=clock.now(), today=today)],
        "sort": "person",
        "can_plan": me(request).may(PLAN),
        "unready": unready_classes(found, at=clock.now()),
        "unseated": unseated(found, at=clock.now()),
    }
    return render_page(request, "courses/programmes/assignment.html", context, partial="rows")


@require_POST
@allowed(PLAN)
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop following the audience."""
    found = stop_following(get_object_or_404(Assignment, pk=pk), by=me(request))
    messages.success(request, _("Nobody gets it any more by joining the audience; who has it keeps it."))
    return redirect("assignment", found.pk)
