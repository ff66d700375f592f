"""Questions in and out as files: choose, look, apply; and choose, look, download."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_QUESTIONS, VIEW_QUESTIONS
from assessments.exchange import actions
from assessments.exchange.formats import excel
from assessments.exchange.forms import UploadForm
from assessments.exchange.known import FORMATS, XLSX
from assessments.exchange.models import QuestionImport
from assessments.exchange.shown import lines_of
from assessments.questions.filters import QuestionFilter
from assessments.questions.models import Question
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.jobs.actions import start
from trainingsite.core.paging import PER_PAGE, render_page
from trainingsite.people.access.doors import allowed, me

UNMAPPED_SHOWN = 200


@require_http_methods(["GET", "POST"])
@allowed(EDIT_QUESTIONS)
def question_import(request: HttpRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None, initial={"topic": request.GET.get("topic", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return _looked_at(request, form)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "formats": FORMATS}
    return render(request, "assessments/exchange/upload.html", context, status=422 if form.errors else 200)


def _looked_at(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """The page that shows the file: at once, or after a job for a large one."""
    given = form.cleaned_data
    data, where = given["file"].read(), (given["topic"], given["category"])
    found = actions.take(data, given["file"].name, given["file_format"], where, by=me(request))
    back = reverse("question-import-preview", args=[found.pk])
    if len(data) > actions.AT_ONCE_BYTES:
        title = _("Reading %(file)s") % {"file": found.file_name}
        job = start("question-look", title=title, owner=me(request), arguments={"upload": found.pk}, back_url=back)
        return redirect("job", job.pk)
    try:
        actions.look(found)
    except Refused:
        found.delete()
        raise
    return redirect(back)


@require_GET
@allowed(EDIT_QUESTIONS)
def question_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Question by question what applying would do; `?state=` shows one kind."""
    found = get_object_or_404(QuestionImport.objects.visible_to(me(request)).defer("data"), pk=pk)
    rows, state = found.rows or [], request.GET.get("state", "")
    page = Paginator([row for row in rows if state in {"", row["state"]}], PER_PAGE).get_page(request.GET.get("page"))
    counted = actions.counts(rows)
    unmapped = found.unmapped or []
    context = {
        "upload": found,
        "format": FORMATS[found.file_format].label,
        "states": counted,
        "total": len(rows),
        "ready": found.rows is not None and bool(counted["new"] + counted["changed"]),
        "state": state,
        "page": page,
        "lines": lines_of(page.object_list),
        "target": "#rows",
        **_report(unmapped),
    }
    return render_page(request, "assessments/exchange/preview.html", context, partial="rows")


def _report(unmapped: list[Any]) -> dict[str, Any]:
    """What is left out, whole questions first."""
    rows = sorted(unmapped, key=lambda row: not row["whole"])
    whole = sum(row["whole"] for row in rows)
    shown = rows[:UNMAPPED_SHOWN]
    return {"unmapped": shown, "whole": whole, "partly": len(rows) - whole, "more": len(rows) - len(shown)}


@require_POST
@allowed(EDIT_QUESTIONS)
def question_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all questions, or (`good`) those without a mistake: a short file at once, a long one in a worker."""
    good_only = "good" in request.POST
    found = get_object_or_404(QuestionImport.objects.visible_to(me(request)), pk=pk)
    if len(found.rows or []) > actions.AT_ONCE:
        title, back = _("Import of %(file)s") % {"file": found.file_name}, reverse("question-import-preview", args=[pk])
        job = start(
            "question-import",
            title=title,
            owner=me(request),
            arguments={"upload": pk, "good_only": good_only},
            back_url=back,
        )
        return redirect("job", job.pk)
    try:
        outcome = actions.apply(found, at=clock.now(), good_only=good_only)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("question-import-preview", pk)
    words = pgettext("questions", "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    counts = {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(request, words % counts)
    return redirect("question-import-preview", pk)


@require_GET
@allowed(EDIT_QUESTIONS)
def question_import_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """A workbook to fill in, with an example of each kind."""
    return _download(excel.template(), "questions.xlsx", XLSX)


@require_GET
@allowed(VIEW_QUESTIONS)
def question_export(request: HttpRequest) -> HttpResponse:
    """What each format would hold of the questions that the filters find; `?as=` and `download` give the file."""
    bank = Question.objects.visible_to(me(request)).order_by("topic__path", "code")
    filterset = QuestionFilter(request.GET, queryset=bank, request=request)
    chosen = request.GET.get("as", "")
    if chosen not in FORMATS:
        chosen = "yaml"
    written = actions.export(filterset.qs, chosen)
    if "download" in request.GET:
        return _download(written.data, f"questions.{FORMATS[chosen].ending}", FORMATS[chosen].mime)
    unmapped = [
        {"place": row.place, "name": row.name, "reason": row.reason, "whole": row.whole} for row in written.unmapped
    ]
    count = filterset.qs.count()
    report = _report(unmapped)
    context = {
        "filterset": filterset,
        "formats": [(name, known.label) for name, known in FORMATS.items()],
        "chosen": chosen,
        "label": FORMATS[chosen].label,
        "left_out": actions.left_out(chosen),
        "count": count,
        "held": count - report["whole"],
        **report,
    }
    return render(request, "assessments/exchange/export.html", context)


def _download(data: bytes, name: str, mime: str) -> HttpResponse:
    return HttpResponse(data, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
