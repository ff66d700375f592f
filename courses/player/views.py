"""Pages to learn in: my courses, the outline of one, one unit. Everybody sees the own ones only."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.acts import LEARN
from courses.curriculum.articles import ARTICLE
from courses.curriculum.models import Course, Unit
from courses.enrolment.actions import enrol, required_units
from courses.enrolment.models import Enrolment, EnrolmentQuerySet
from courses.player.actions import finish_reading
from courses.player.frame import frame_of
from courses.player.keeping import keep
from courses.player.outline import Outline, outlines_of
from courses.prerequisites.shown import closed_by
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(LEARN)
def my_courses(request: HttpRequest) -> HttpResponse:
    """What I have to learn, the most urgent first; with `?state=done` what I have completed."""
    done = request.GET.get("state") == "done"
    mine = _mine(request)
    listed = mine.completed().order_by("-completed_at", "pk") if done else mine.open().by_due_date()
    page = paginate(request, listed)
    context = {"page": page, "outlines": outlines_of(list(page)), "done": done}
    return render(request, "courses/player/my_courses.html", context)


@require_GET
@allowed(LEARN)
def learn(request: HttpRequest, pk: int) -> HttpResponse:
    """The course as far as I am in it."""
    outline = _outline(request, pk)
    context = {"outline": outline, "closed": closed_by(outline.enrolment)}
    return render(request, "courses/player/outline.html", context)


@require_GET
@allowed(LEARN)
def learn_on(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Go on where I stopped."""
    step = _outline(request, pk).next
    return redirect(step.url) if step else redirect("learn", pk)


@require_GET
@allowed(LEARN)
def learn_unit(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Read an article; other kinds of unit have pages of their own."""
    frame = frame_of(request, pk, unit_pk)
    if frame.unit.kind != ARTICLE:
        return redirect(frame.step.url)
    text = markdown.render(frame.unit.in_language("body"))
    return render(request, "courses/player/unit.html", {"frame": frame, "text": text})


@require_POST
@allowed(LEARN)
def learn_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """What the browser kept of my way, sent as a list of events; says which are safe here."""
    enrolment = get_object_or_404(_mine(request), pk=pk)
    try:
        outcome = keep(enrolment, json.loads(request.body).get("events"), at=clock.now())
    except (ValueError, AttributeError):
        return JsonResponse({"message": _("This is not JSON.")}, status=400)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal.message)}, status=400)
    return JsonResponse({"kept": outcome.kept, "refused": outcome.refused})


@require_POST
@allowed(LEARN)
def learn_done(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponseRedirect:
    """I have read it: note that, and go to the next unit; the last one ends at the course."""
    enrolment = get_object_or_404(_mine(request), pk=pk)
    unit = _required_unit(enrolment, unit_pk)
    was_open = enrolment.is_open
    try:
        enrolment = finish_reading(enrolment, unit, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("learn", pk)
    if was_open and not enrolment.is_open:
        messages.success(request, _("You have completed “%(course)s”.") % {"course": enrolment.course})
        return redirect("learn", pk)
    outline = outlines_of([enrolment])[0]
    after = outline.around(unit)[1] or outline.next
    return redirect(after.url) if after else redirect("learn", pk)


@require_POST
@allowed(LEARN)
def learn_enrol(request: HttpRequest, course_pk: int) -> HttpResponseRedirect:
    """Start a course of the catalogue by myself; a second click leads to the same enrolment."""
    course = get_object_or_404(Course.objects.published(), pk=course_pk)
    return redirect("learn", enrol(me(request), course, on=clock.today()).pk)


def _mine(request: HttpRequest) -> EnrolmentQuerySet:
    mine = Enrolment.objects.filter(person=me(request), withdrawn_at=None)
    return mine.select_related("course__topic")


def _outline(request: HttpRequest, pk: int) -> Outline:
    enrolment = get_object_or_404(_mine(request), pk=pk)
    enrolment.person = me(request)  # who is loaded already, with the roles
    return outlines_of([enrolment])[0]


def _required_unit(enrolment: Enrolment, pk: int) -> Unit:
    return get_object_or_404(required_units(enrolment), pk=pk)
