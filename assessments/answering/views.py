"""What an answer needs besides the door that saves it: files, and the moment at which a typing run begins."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import SEE_FILES, TAKE_QUIZZES, TRY_QUESTIONS
from assessments.answering.actions import keep_file
from assessments.answering.models import AnswerFile
from assessments.attempts.actions import save_answer
from assessments.attempts.models import Attempt, Response
from assessments.attempts.taking_views import LAST_POSITION, device_of, keep_form
from assessments.marking.shown import file_name
from assessments.questions.types.typing_test import begin
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.given import whole
from trainingsite.people.access.doors import allowed, me

SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_file(request: HttpRequest) -> HttpResponseBase:
    """Keep a file for a question of my attempt. A script saves the answer itself; a plain form has it saved here."""
    position, field = _asked_for(request)
    mine = Attempt.objects.filter(person=me(request))
    attempt = get_object_or_404(mine, pk=_number(request.POST.get("attempt", "")))
    plain = "file-for" in request.POST
    if (upload := request.FILES.get(field)) is None:
        refusal = Refused(_("Choose a file."), field="file", code="no_file")
        return _back(request, attempt, position, refusal) if plain else _said(refusal)
    moment = clock.now()
    if plain:
        keep_form(request, attempt, moment)
    try:
        answer = keep_file(attempt, position, upload, device=device_of(request), at=moment)
        if plain:
            sequence = int((moment - attempt.started_at).total_seconds() * 1000) + 1  # after what the form kept
            save_answer(attempt, position, answer, sequence, at=moment, device=device_of(request))
    except Response.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        return _back(request, attempt, position, refusal) if plain else _said(refusal)
    if plain:
        return _back(request, attempt, position, None)
    url = reverse("answer-file", args=[answer["file"]])
    return JsonResponse({"answer": answer, "url": url, "size": filesizeformat(answer["size"])}, status=201)


@require_GET
@allowed(SEE_FILES)
def answer_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, always as a download; who marks without names gets it without one."""
    found = get_object_or_404(AnswerFile.objects.visible_to(me(request)).select_related("attempt"), pk=pk)
    name = found.name
    if found.attempt.person_id != me(request).pk:
        related = Response.objects.select_related("attempt__quiz")
        name = file_name(related.get(attempt=found.attempt_id, position=found.position), name)
    if not found.file.storage.exists(str(found.file.name)):
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@allowed(TRY_QUESTIONS)
def typing_begin(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - who asks is no part of it
    """A run of a typing test begins now, by the server's clock."""
    return JsonResponse({"run": begin()})


def _asked_for(request: HttpRequest) -> tuple[int, str]:
    """The question's position and the file's field, for a script and for a plain form."""
    if plain := request.POST.get("file-for"):
        return _number(plain.removeprefix("q-")), f"{plain}-file"
    return _number(request.POST.get("position", "")), "file"


def _number(text: str) -> int:
    number = whole(text, LAST_POSITION, least=1)
    if number is None:
        raise Http404
    return number


def _said(refusal: Refused) -> JsonResponse:
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal.message)}
    return JsonResponse(body, status=422 if refusal.field else 409)


def _back(request: HttpRequest, attempt: Attempt, position: int, refusal: Refused | None) -> HttpResponseBase:
    if refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The file was kept."))
    return redirect(f"{reverse('attempt', args=[attempt.pk])}#q-{position}")
