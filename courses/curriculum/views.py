"""Pages of courses: the list, one course, its form, retiring; publishing stands among the releases."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, EDIT_TOPICS, PUBLISH_COURSES, VIEW_COURSES, VIEW_PLANS
from courses.curriculum import actions
from courses.curriculum.course_page import page_context, powers
from courses.curriculum.filters import filter_for
from courses.curriculum.forms import CourseForm
from courses.curriculum.models import Course
from courses.topics.models import Topic
from courses.topics.tree import nested
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "title": "title",
    "topic": "topic__path",
    "level": "level",
    "status": "status",
    "units": "units_count",
    "minutes": "minutes",
    "learners": "learners",
    "changed": "modified_at",
}


def manages(user: User) -> bool:
    """Whether the person sees courses as their makers do, instead of as a catalogue."""
    return user.may(EDIT_COURSES) or user.may(VIEW_PLANS)


def _listed(request: HttpRequest) -> tuple[Any, QuerySet[Course]]:
    """The filter of the list, and the courses it lets through, in order."""
    user = me(request)
    every = Course.objects.visible_to(user).select_related("topic").with_outline()
    filterset = filter_for(manages(user), request.GET, every)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "-changed" if manages(user) else "topic")


@require_GET
@allowed(VIEW_COURSES)
def course_list(request: HttpRequest) -> HttpResponse:
    """All courses for those who make them; what is offered, as cards, for those who learn."""
    filterset, courses = _listed(request)
    page = paginate(request, courses)
    context = {
        "filterset": filterset,
        "page": page,
        "manages": manages(me(request)),
        **powers(me(request)),
        "sort": "-changed",
        "target": "#courses",
        "taken": dict(me(request).enrolments.open().filter(course__in=page.object_list).values_list("course", "pk")),
    }
    return render_page(request, "courses/curriculum/list.html", context, partial="courses")


@require_GET
@allowed(VIEW_COURSES)
def course_export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered and sorted, as CSV."""
    headings = [_("Code"), _("Title"), _("Topic"), _("Level"), _("Status"), _("Units"), _("Minutes"), _("Learners")]
    return csv_download("courses", headings, (_row(course) for course in _listed(request)[1]))


def _row(course: Any) -> tuple[Any, ...]:
    """A line of the export; `course` comes with its outline's numbers."""
    names = (course.code, str(course), str(course.topic), course.get_level_display(), course.get_status_display())
    return (*names, course.units_count, course.minutes, course.learners)


@require_GET
@allowed(VIEW_COURSES)
def topic_list(request: HttpRequest) -> HttpResponse:
    """The training modules, each with its courses."""
    courses = Course.objects.visible_to(me(request)).exclude(status="retired").with_outline().order_by("level", "title")
    topics = Topic.objects.in_use().prefetch_related(Prefetch("courses", courses))
    context = {"nodes": nested(topics), "may_edit_topics": me(request).may(EDIT_TOPICS), **powers(me(request))}
    return render(request, "courses/curriculum/topics.html", context)


@require_GET
@allowed(VIEW_COURSES)
def course_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One course; `?view=learners` shows what learners have where a draft is open beside it."""
    context = page_context(_course(request, pk), me(request), request.GET.get("view", ""))
    return render(request, "courses/curriculum/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def course_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Create a course, or change what it says of itself."""
    course = _course(request, pk) if pk else None
    initial = {} if course else {"topic": request.GET.get("topic")}
    form = CourseForm(request.POST or None, instance=course, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save_by(me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(course)s” is saved.") % {"course": saved})
            return redirect("course", saved.pk)
    status = 422 if form.errors else 200
    return render(request, "courses/curriculum/form.html", {"form": form, "course": course}, status=status)


@require_POST
@allowed(PUBLISH_COURSES)
def course_retire(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Offer the course no more."""
    course = actions.retire(_course(request, pk), at=clock.now())
    messages.success(request, _("“%(course)s” is retired; who is enrolled may finish it.") % {"course": course})
    return redirect("course", pk)


def _course(request: HttpRequest, pk: int) -> Course:
    courses = Course.objects.visible_to(me(request)).select_related("topic", "owner")
    return get_object_or_404(courses, pk=pk)
