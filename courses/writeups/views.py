"""The writer's page: the task, the editor that saves by itself, what was handed in before and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, LEARN, SEE_WRITE_UPS
from courses.curriculum.kind_pages import author_page
from courses.player.frame import Frame, frame_of
from courses.rubrics.models import Rubric
from courses.writeups.actions import WRITE_UP, brief_of, hand_in, save_draft
from courses.writeups.forms import BriefForm, WriteForm
from courses.writeups.models import CaseBrief, WriteUp
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me

HTTP_CONFLICT = 409


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def write_up_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page."""
    return author_page(request, pk, kind=WRITE_UP, form=BriefForm)


@require_http_methods(["GET", "POST"])
@allowed(LEARN)
def learn_write_up(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """My write-up for the unit; sending it hands it in."""
    frame = frame_of(request, pk, unit_pk, kind=WRITE_UP)
    brief = brief_of(frame.unit)
    versions = _versions(frame)
    form = _form(request, brief, versions)
    if request.method == "POST" and form.is_valid():
        try:
            hand_in(frame.enrolment, frame.unit, form.written(), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Handed in. You are told when it is graded."))
            return redirect("learn-write-up", pk, unit_pk)
    return render(
        request, "courses/writeups/write.html", _shown(frame, brief, versions, form), status=422 if form.errors else 200
    )


def _versions(frame: Frame) -> list[WriteUp]:
    """What I have written here, the last first, with the grades."""
    mine = WriteUp.objects.filter(enrolment=frame.enrolment, unit=frame.unit).order_by("-number")
    return list(mine.select_related("decided_by").prefetch_related("grades__criterion"))


def _form(request: HttpRequest, brief: CaseBrief, versions: list[WriteUp]) -> WriteForm:
    """What goes on: the draft, or a new one that begins with the text that came back."""
    last = versions[0] if versions else None
    initial = {"text": last.text if last else "", "revision": last.revision if last and last.is_draft else 0}
    has_file = bool(last and last.is_draft and last.file)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return WriteForm(*sent, initial=initial, allow_file=brief.allow_file, has_file=has_file)


def _shown(frame: Frame, brief: CaseBrief, versions: list[WriteUp], form: WriteForm) -> dict[str, Any]:
    last = versions[0] if versions else None
    rubric = Rubric.objects.with_criteria().filter(case_briefs=brief).first()
    return {
        "frame": frame,
        "brief": brief,
        "text": markdown.render(brief.brief),
        "rubric": rubric,
        "form": form,
        "draft": last if last and last.is_draft else None,
        "waiting": last if last and last.is_waiting else None,
        "decided": [version for version in versions if version.decided_at],
        "may_write": frame.is_open and not (last and last.is_waiting),
    }


@require_POST
@allowed(LEARN)
def write_up_save(request: HttpRequest, pk: int, unit_pk: int) -> JsonResponse:
    """What the editor sends while somebody types; answers with the revision that is saved."""
    frame = frame_of(request, pk, unit_pk, kind=WRITE_UP)
    form = WriteForm(request.POST, allow_file=False, has_file=False)
    if not form.is_valid():
        return JsonResponse({"message": _("This text is too long to be saved.")}, status=422)
    try:
        draft = save_draft(frame.enrolment, frame.unit, form.written(), at=clock.now())
    except Refused as refusal:
        return JsonResponse({"message": str(refusal.message)}, status=HTTP_CONFLICT)
    return JsonResponse({"revision": draft.revision, "saved": f"{timezone.localtime(clock.now()):%H:%M:%S}"})


@require_GET
@allowed(SEE_WRITE_UPS)
def write_up_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that was handed in with a write-up, to whoever sees the write-up; always as a download."""
    found = get_object_or_404(WriteUp.objects.visible_to(me(request)), pk=pk)
    if not found.file:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
