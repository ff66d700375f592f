"""Take over busy times from a file: upload, look, apply."""

from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN
from courses.planning import busy_files
from courses.planning.busy import Busy, Plan
from courses.planning.models import BusyImport, BusyKind, BusyTime
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

SHOWN = 50
EXAMPLE = ("E0001", "2026-11-23 09:00", "2026-11-23 18:00", "排班", "")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, at most 10 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
        allow_empty_file=True,
    )


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def busy_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what is known already stands beside it."""
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("busy-preview", busy_files.upload(file.read(), file.name, by=me(request)).pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    coming = BusyTime.objects.filter(period__endswith__gt=clock.now())
    context = {"form": form, "known": coming.count(), "people": coming.values("person").distinct().count()}
    return render(request, "courses/planning/busy_upload.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(PLAN)
def busy_sample(request: HttpRequest) -> StreamingHttpResponse:  # noqa: ARG001 - a view's signature
    """A table with the right headings."""
    headings = [busy_files.HEADINGS[name][0] for name in ("employee_number", "starts_at", "ends_at", "kind")]
    return csv_download("busy-times-sample", [*headings, busy_files.HEADINGS["source_key"][0]], [EXAMPLE])


@require_GET
@allowed(PLAN)
def busy_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What applying would do: the counts, what is wrong by line, the first rows."""
    found = get_object_or_404(BusyImport.objects.visible_to(me(request)), pk=pk)
    plan = busy_files.preview(found)
    wrong = [(found.lines[problem.row - 1], problem) for problem in plan.problems[:SHOWN]]
    context = {"upload": found, "plan": plan, "wrong": wrong, "rows": _rows(plan, found)}
    return render(request, "courses/planning/busy_preview.html", context)


def _rows(plan: Plan, found: BusyImport) -> list[dict[str, Any]]:
    """The first rows that would be new or changed, with the person's name."""
    states = [(each, state) for state in ("new", "changed") for each in getattr(plan, state)]
    shown = list(islice(states, SHOWN))
    people = User.objects.in_bulk([busy.person_id for busy, _state in shown])
    return [_row(busy, state, people, found) for busy, state in shown]


def _row(busy: Busy, state: str, people: dict[int, User], found: BusyImport) -> dict[str, Any]:
    return {
        "line": found.lines[busy.row - 1],
        "person": people[busy.person_id],
        "starts_at": timezone.localtime(busy.starts_at),
        "ends_at": timezone.localtime(busy.ends_at),
        "kind": BusyKind(busy.kind).label,
        "state": state,
    }


@require_POST
@allowed(PLAN)
def busy_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all rows of the file or none."""
    found = get_object_or_404(BusyImport.objects.visible_to(me(request)), pk=pk)
    try:
        outcome = busy_files.apply(found, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("busy-preview", pk)
    words = _("Busy times: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    counts = {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(request, words % counts)
    return redirect("busy-upload")
