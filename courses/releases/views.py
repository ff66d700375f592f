"""Pages of versions: start, send, return, publish, throw away; look at one of the past."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, PUBLISH_COURSES, VIEW_COURSES
from courses.curriculum import versions
from courses.curriculum.course_page import page_context
from courses.curriculum.differences import differences
from courses.curriculum.models import Course, CourseStatus, CourseVersion
from courses.curriculum.publishing import NotReady
from courses.releases.asking import job_of, to_ask
from courses.releases.forms import ReleaseForm, ReturnForm, SendForm
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import allowed, me


@require_POST
@allowed(EDIT_COURSES)
def version_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft beside what learners have; a second click leads to the same draft."""
    course = _course(request, pk)
    return _done(request, course, lambda: versions.start_version(course, by=me(request), at=clock.now()))


@require_POST
@allowed(EDIT_COURSES)
def version_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask HR to publish the draft."""
    course, form = _course(request, pk), SendForm(request.POST)
    if not form.is_valid():
        return _refused(request, course, str(form.errors["notes"][0]))
    notes = form.cleaned_data["notes"]
    said = _("The draft waits for HR's review.")
    act = lambda: versions.send_to_review(course, notes=notes, by=me(request), at=clock.now())  # noqa: E731 - one act
    return _done(request, course, act, said)


@require_POST
@allowed(PUBLISH_COURSES)
def version_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the draft back to its author, with the reason."""
    course, form = _course(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return _refused(request, course, str(form.errors["reason"][0]))
    reason = form.cleaned_data["reason"]
    act = lambda: versions.return_to_author(course, reason=reason, by=me(request), at=clock.now())  # noqa: E731
    return _done(request, course, act, _("The draft is back with its author."))


@require_POST
@allowed(EDIT_COURSES)
def version_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing a draft that was sent to review."""
    course = _course(request, pk)
    return _done(request, course, lambda: versions.take_back(course))


@require_POST
@allowed(EDIT_COURSES)
def version_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away; what learners have stays."""
    course = _course(request, pk)
    said = _("The draft is gone. Learners have what they had.")
    return _done(request, course, lambda: versions.discard_draft(course), said)


@require_http_methods(["GET", "POST"])
@allowed(PUBLISH_COURSES)
def course_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the draft: the first one at once, a later one after a look at what changes and for whom."""
    course = _course(request, pk)
    draft = course.versions.open().first() if course.status != CourseStatus.DRAFT else None
    if draft is None:
        return redirect("course", pk) if request.method == "GET" else _publish(request, course, {})
    draft.course = course
    data = request.POST if request.method == "POST" else None
    form = ReleaseForm(data, version=draft, today=clock.today())
    if form.is_valid():
        return _publish(request, course, form.cleaned_data)
    context = {"form": form, "course": course, "version": draft, **_consequences(draft)}
    return render(request, "courses/releases/publish.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(VIEW_COURSES)
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as it is or was, with what it changed; for those who may look at versions."""
    course = _course(request, pk)
    seen = CourseVersion.objects.visible_to(me(request)).select_related("created_by", "sent_by", "reviewed_by")
    version = get_object_or_404(seen, course=course, number=number)
    version.course = course
    context = {"course": course, "version": version, "differences": differences(version), "job": job_of(version)}
    return render(request, "courses/releases/version.html", context)


def _consequences(draft: CourseVersion) -> dict[str, Any]:
    """What publishing would change, and for how many people."""
    middle = draft.course.enrolments.open().filter(version__lt=draft.number).count()
    return {"differences": differences(draft), "middle": middle, "completed": len(to_ask(draft, on=clock.today()))}


def _publish(request: HttpRequest, course: Course, choices: dict[str, Any]) -> HttpResponse:
    try:
        version = versions.publish_version(course, **choices, by=me(request), at=clock.now())
    except NotReady as refusal:
        return _not_ready(request, course, refusal)
    except Refused as refusal:
        return _refused(request, course, str(refusal.message))
    messages.success(request, _("“%(course)s” is published.") % {"course": course})
    job = job_of(version)
    return redirect("job", job.pk) if job and not job.is_over else redirect("course", course.pk)


def _done(request: HttpRequest, course: Course, act: Callable[[], object], said: str = "") -> HttpResponse:
    """Do the act and go back to the course, or say why not."""
    try:
        act()
    except NotReady as refusal:
        return _not_ready(request, course, refusal)
    except Refused as refusal:
        return _refused(request, course, str(refusal.message))
    if said:
        messages.success(request, said)
    return redirect("course", course.pk)


def _not_ready(request: HttpRequest, course: Course, refusal: NotReady) -> HttpResponse:
    """The course with everything that is missing; whoever reloads that comes back to the course."""
    context = page_context(course, me(request)) | {"problems": refusal.problems}
    return render(request, "courses/curriculum/detail.html", context, status=422)


def _refused(request: HttpRequest, course: Course, message: str) -> HttpResponseRedirect:
    messages.error(request, message)
    return redirect("course", course.pk)


def _course(request: HttpRequest, pk: int) -> Course:
    courses = Course.objects.visible_to(me(request)).select_related("topic", "owner")
    return get_object_or_404(courses, pk=pk)
