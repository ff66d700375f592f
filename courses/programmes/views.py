"""Pages of programmes: the list, one programme, its form, one assignment of it."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import describe
from courses.programmes import actions
from courses.programmes.forms import ProgrammeFilter, ProgrammeForm
from courses.programmes.models import Assignment, Programme
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "courses": "courses_count", "assignments": "assigned", "changed": "modified_at"}
NEWEST_ASSIGNMENTS = 20


@require_GET
@allowed(VIEW_PLANS)
def programmes(request: HttpRequest) -> HttpResponse:
    counted = Programme.objects.visible_to(me(request)).annotate(
        courses_count=Count("items", distinct=True), assigned=Count("assignments", distinct=True)
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
        "items": found.items.select_related("course", "course__topic"),
        "assignments": assignments.order_by("-assigned_on", "-pk")[:NEWEST_ASSIGNMENTS],
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/programmes/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def programme_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a programme: its title, and published courses in an order."""
    found = get_object_or_404(Programme, pk=pk) if pk else None
    form = ProgrammeForm(posted(request), programme=found)
    if form.is_valid() and (saved := form.save()):
        messages.success(request, _("Programme “%(title)s” saved.") % {"title": saved})
        return redirect("programme", saved.pk)
    return render(request, "courses/programmes/form.html", {"form": form, "programme": found})


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
    of_it = Q(enrolments__assignment=found)
    late = Q(enrolments__completed_at=None, enrolments__withdrawn_at=None, enrolments__due_on__lt=today)
    courses = found.programme.courses.filter(of_it).annotate(
        total=Count("enrolments", filter=of_it),
        done=Count("enrolments", filter=of_it & Q(enrolments__completed_at__isnull=False)),
        late=Count("enrolments", filter=of_it & late),
    )
    context = {"assignment": found, "who": describe(found.audience.conditions), "courses": courses}
    return render(request, "courses/programmes/assignment.html", context)
