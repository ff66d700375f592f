"""Take over attendance from a file: upload, look, apply."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, RUN_SESSIONS
from courses.attendance import files
from courses.attendance.actions import held, roster_closed
from courses.attendance.models import AttendanceImport
from courses.attendance.running import mine_to_run
from courses.attendance.states import presence_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

SHOWN = 200


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, at most 10 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
        allow_empty_file=True,
    )


@require_http_methods(["GET", "POST"])
@allowed(RUN_SESSIONS)
def attendance_upload(request: HttpRequest, pk: int) -> HttpResponse:
    found = mine_to_run(request, pk)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("attendance-preview", files.upload(found, file.read(), file.name, by=me(request)).pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "session": found}
    return render(request, "courses/attendance/upload.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(RUN_SESSIONS)
def attendance_sample(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A table with the right headings and the people of the session, to be filled in."""
    found = mine_to_run(request, pk)
    headings = [files.HEADINGS[name][0] for name in ("employee_number", "name", "presence", "late", "left", "reason")]
    places = held(found).order_by("person__sort_key", "pk")
    rows = ([place.person.employee_number, place.person.name, "", "", "", ""] for place in places)
    return csv_download(f"attendance-{found.pk}", headings, rows)


@require_GET
@allowed(RUN_SESSIONS)
def attendance_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What applying would do, row by row, and what is wrong by line."""
    waiting = _mine(request, pk)
    return render(request, "courses/attendance/preview.html", _previewed(request, waiting))


def _mine(request: HttpRequest, pk: int) -> AttendanceImport:
    """The own file, as long as the session is the person's to run."""
    waiting = get_object_or_404(AttendanceImport.objects.visible_to(me(request)).select_related("session"), pk=pk)
    mine_to_run(request, waiting.session_id)
    return waiting


def _previewed(request: HttpRequest, waiting: AttendanceImport) -> dict[str, Any]:
    sheet = files.read_rows(waiting.session, waiting.rows)
    rows = [
        {"line": waiting.lines[row - 1], "fact": fact, "place": place, "before": presence_of(place), "what": what}
        for row, fact, place, what in files.changes(sheet)
    ]
    return {
        "upload": waiting,
        "session": waiting.session,
        "wrong": [(waiting.lines[problem.row - 1], problem) for problem in sheet.problems[:SHOWN]],
        "problems": len(sheet.problems),
        "rows": rows[:SHOWN],
        "cut": len(rows) > SHOWN,
        "against_code": sum(1 for row in rows if row["what"] == "code"),
        "changing": sum(1 for row in rows if row["what"] != "same"),
        "closed": roster_closed(waiting.session, clock.now()),
        "may_correct": me(request).may(PLAN),
    }


@require_POST
@allowed(RUN_SESSIONS)
def attendance_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all rows of the file or none."""
    waiting = _mine(request, pk)
    try:
        outcome = files.apply(waiting, at=clock.now(), reason=request.POST.get("why", "")[:200])
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("attendance-preview", pk)
    words = _("Attendance: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    counts = {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(request, words % counts)
    return redirect("session-roster", waiting.session_id)
