"""Pages of recordings and documents: to make them, to learn from them, and what their players report."""

import json
from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, LEARN
from courses.curriculum.drafts import open_draft
from courses.curriculum.models import Course, Unit
from courses.enrolment.actions import required_units
from courses.enrolment.models import Enrolment
from courses.lessons.forms import DocumentForm, RecordingForm
from courses.lessons.kinds import AUDIO, DOCUMENT, RECORDINGS, VIDEO, document_of, recording_of
from courses.lessons.leafing import begin_leafing, record_pages
from courses.lessons.models import Document, Recording, Source
from courses.lessons.reports import ReportForm, beats_of, pages_of
from courses.lessons.watching import begin_watching, is_enough, percent, record_beats
from courses.media.actions import media_url
from courses.player.frame import frame_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def lesson_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a unit, with what else is to be said of it; what learners have is changed in a copy.

    The page may read the length of what lies at any address that is typed.
    """
    units = Unit.objects.filter(course__in=Course.objects.visible_to(me(request))).select_related("course")
    unit = get_object_or_404(units.filter(kind__in=[*RECORDINGS, DOCUMENT]), pk=pk)
    draft = open_draft(unit.course)
    if draft is None or not unit.is_in(draft.number):
        messages.error(request, _("Learners have this version. Start a new version first."))
        return redirect("unit-look", pk)
    make = DocumentForm if unit.kind == DOCUMENT else RecordingForm
    form = make(request.POST or None, request.FILES or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save_by(me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(unit)s” is saved.") % {"unit": saved.unit})
            return redirect("course", unit.course_id)
    context = {"form": form, "unit": unit, "course": unit.course, **_present(unit)}
    page = render(request, "courses/lessons/edit.html", context, status=422 if form.errors else 200)
    return _playing_from(page, request, "https:")


def _present(unit: Unit) -> dict[str, Any]:
    """What the unit has now, for its editor."""
    found = document_of(unit) if unit.kind == DOCUMENT else recording_of(unit)
    media = found.media if found else None
    return {"media": media, "media_address": media_url(media) if media else ""}


@require_GET
@allowed(LEARN)
def learn_recording(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponseBase:
    """Watch or listen, from where one stopped."""
    unit = get_object_or_404(Unit, pk=unit_pk, kind__in=RECORDINGS)
    frame = frame_of(request, pk, unit_pk, kind=unit.kind)
    recording = recording_of(frame.unit)
    context: dict[str, Any] = {"frame": frame, "recording": recording}
    if recording and recording.is_there:
        progress = begin_watching(frame.enrolment, frame.unit, at=clock.now())
        context |= {
            "address": _address(recording),
            "progress": progress,
            "percent": percent(progress, recording),
            "position": progress.position_seconds,
            "is_video": unit.kind == VIDEO,
            "is_audio": unit.kind == AUDIO,
        }
    page = render(request, "courses/lessons/recording.html", context)
    if recording is None or recording.source != Source.URL:
        return page
    host = urlsplit(recording.url)
    return _playing_from(page, request, f"{host.scheme}://{host.netloc}")


@require_GET
@allowed(LEARN)
def learn_document(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Leaf through the PDF, from the page where one stopped."""
    frame = frame_of(request, pk, unit_pk, kind=DOCUMENT)
    document = document_of(frame.unit)
    context: dict[str, Any] = {"frame": frame, "document": document}
    if document:
        progress = begin_leafing(frame.enrolment, frame.unit, at=clock.now())
        context |= {"address": media_url(document.media), "progress": progress, "seen": json.dumps(progress.seen)}
    return render(request, "courses/lessons/document.html", context)


@require_GET
@allowed(LEARN)
def lesson_captions(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """The captions of a recording, as its player reads them."""
    unit = _learning(request, pk, unit_pk, RECORDINGS)[1]
    recording = get_object_or_404(Recording, unit=unit)
    return HttpResponse(recording.captions, content_type="text/vtt; charset=utf-8")


@require_POST
@allowed(LEARN)
def lesson_watched(request: HttpRequest, pk: int, unit_pk: int) -> JsonResponse:
    """The player's beats: what was played since the last ones; the answer says how far that brings the learner."""
    enrolment, unit = _learning(request, pk, unit_pk, RECORDINGS)
    recording = get_object_or_404(Recording, unit=unit)
    form = ReportForm(request.POST, read=beats_of)
    if not form.is_valid():
        return _complaint(form)
    try:
        progress = record_beats(enrolment, unit, form.cleaned_data["report"], now=clock.now())
    except Refused as refusal:
        return JsonResponse({"error": str(refusal.message), "code": refusal.code}, status=409)
    said = {"percent": percent(progress, recording), "position": progress.position_seconds}
    return JsonResponse({**said, "done": is_enough(progress, recording)})


@require_POST
@allowed(LEARN)
def lesson_leafed(request: HttpRequest, pk: int, unit_pk: int) -> JsonResponse:
    """The pages that were shown, and the present one."""
    enrolment, unit = _learning(request, pk, unit_pk, [DOCUMENT])
    document = get_object_or_404(Document, unit=unit)
    form = ReportForm(request.POST, read=pages_of)
    if not form.is_valid():
        return _complaint(form)
    pages, page = form.cleaned_data["report"]
    try:
        progress = record_pages(enrolment, unit, pages, page=page, at=clock.now())
    except Refused as refusal:
        return JsonResponse({"error": str(refusal.message), "code": refusal.code}, status=409)
    return JsonResponse({"seen": progress.seen, "page": progress.page, "done": len(progress.seen) == document.pages})


def _learning(request: HttpRequest, pk: int, unit_pk: int, kinds: Any) -> tuple[Enrolment, Unit]:
    """The person's own enrolment, and a unit of it."""
    enrolment = get_object_or_404(Enrolment.objects.filter(person=me(request)), pk=pk)
    return enrolment, get_object_or_404(required_units(enrolment).filter(kind__in=kinds), pk=unit_pk)


def _complaint(form: ReportForm) -> JsonResponse:
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"error": said}, status=422)


def _address(recording: Recording) -> str:
    return media_url(recording.media) if recording.media else recording.url


def _playing_from(page: HttpResponse, request: HttpRequest, source: str) -> HttpResponseBase:
    """Let this page, and no other, play from elsewhere than here."""
    policy = csp_update({"media-src": [SELF, source]})
    return policy(lambda _request: page)(request)
