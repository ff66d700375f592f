"""Import of people: upload, look, apply."""

from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.jobs.actions import start
from trainingsite.core.paging import PER_PAGE, render_page
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.imports import actions
from trainingsite.people.imports.files import HEADINGS
from trainingsite.people.imports.forms import UploadForm
from trainingsite.people.imports.preview import lines_of
from trainingsite.people.models import PeopleImport

SAMPLE = ("employee_number", "name", "department", "position", "hired_on", "status", "email", "manager")


@require_http_methods(["GET", "POST"])
@allowed(acts.EDIT_PEOPLE)
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.upload(file.read(), file.name, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("people-import-preview", kept.pk)
    return render(request, "people/imports/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@allowed(acts.EDIT_PEOPLE)
def sample(request: HttpRequest) -> StreamingHttpResponse:  # noqa: ARG001 - a view's signature
    """An empty table with the right headings."""
    example = ("E0001", "张伟", "售后服务部", "售后客服", "2026-03-02", "试用期", "zhangwei@example.com", "")
    return csv_download("people-sample", [HEADINGS[name][0] for name in SAMPLE], [example])


@require_GET
@allowed(acts.EDIT_PEOPLE)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what applying would do; `?state=` shows one kind of rows."""
    found = get_object_or_404(PeopleImport.objects.visible_to(me(request)), pk=pk)
    drafts = actions.preview(found, at=clock.now()) if not found.applied_at else []
    state = request.GET.get("state", "")
    pairs = [pair for pair in zip_longest(drafts, found.lines) if pair[0] and state in {"", pair[0].state}]
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": found,
        "states": actions.states(drafts),
        "state": state,
        "page": page,
        "rows": lines_of(page.object_list),
        "target": "#rows",
    }
    return render_page(request, "people/imports/preview.html", context, partial="rows")


@require_POST
@allowed(acts.EDIT_PEOPLE)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all rows: a small file at once, a large one in a worker."""
    found = get_object_or_404(PeopleImport.objects.visible_to(me(request)), pk=pk)
    if len(found.rows) > actions.AT_ONCE:
        title, back = _("Import of %(file)s") % {"file": found.file_name}, reverse("people-import-preview", args=[pk])
        job = start("people-import", title=title, owner=me(request), arguments={"upload": pk}, back_url=back)
        return redirect("job", job.pk)
    try:
        outcome = actions.apply(found, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("people-import-preview", pk)
    words = _("Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    counts = {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(request, words % counts)
    return redirect("people")
