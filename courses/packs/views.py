"""HR's pages for content packs: upload, look at what would happen, take it."""

import re
from uuid import uuid4

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts import IMPORT_PACKS
from courses.curriculum.models import Course, Reask
from courses.packs.actions import PackOutcome, apply_pack, preview_pack
from courses.packs.export import pack_of
from courses.packs.files import files_of_zip
from courses.packs.forms import ExportForm, PackForm
from courses.packs.reader import Pack, PackRefused, read_files
from courses.packs.words import lines_of
from courses.releases.forms import ReaskForm
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

KEPT_SECONDS = 3600
TOKEN = re.compile(r"[0-9a-f]{32}")


@require_http_methods(["GET", "POST"])
@allowed(IMPORT_PACKS)
def pack_upload(request: HttpRequest) -> HttpResponse:
    """Take the zip and show what it would do; nothing is changed."""
    form = PackForm(request.POST, request.FILES) if request.method == "POST" else PackForm()
    if not form.is_valid():
        return _upload_page(request, form)
    data = form.cleaned_data["file"].read()
    try:
        read = read_files(files_of_zip(data))
        outcome = preview_pack(read, by=me(request), at=clock.now())
    except PackRefused as refusal:
        return _upload_page(request, form, refusal)
    except Refused as refusal:
        show_refusal(form, refusal)
        return _upload_page(request, form)
    token = uuid4().hex
    cache.set(_key(request, token), data, KEPT_SECONDS)
    return _preview_page(request, read, outcome, token, ReaskForm(today=clock.today()))


@require_POST
@allowed(IMPORT_PACKS)
def pack_apply(request: HttpRequest) -> HttpResponse:
    """Take the pack that was looked at; sent twice, the second time finds everything as it is."""
    token = request.POST.get("token", "")
    data = cache.get(_key(request, token))
    if data is None:
        messages.error(request, _("This upload is no longer kept. Please choose the file again."))
        return redirect("pack-upload")
    pack, at = read_files(files_of_zip(data)), clock.now()
    form = ReaskForm({"reask": Reask.NOBODY, **request.POST.dict()}, today=clock.today())
    try:
        if not form.is_valid():
            return _preview_page(request, pack, preview_pack(pack, by=me(request), at=at), token, form)
        outcome = apply_pack(pack, by=me(request), at=at, **form.cleaned_data)
    except PackRefused as refusal:
        return _upload_page(request, PackForm(), refusal)
    messages.success(request, "；".join(lines_of(outcome)))
    return redirect("courses")


def _preview_page(request: HttpRequest, pack: Pack, outcome: PackOutcome, token: str, form: ReaskForm) -> HttpResponse:
    context = {"pack": pack, "outcome": outcome, "token": token, "lines": lines_of(outcome), "form": form}
    return render(request, "courses/packs/preview.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(IMPORT_PACKS)
def pack_export(request: HttpRequest) -> HttpResponse:
    """Choose courses and get them as a pack; without a choice all of them are ticked."""
    everything = list(Course.objects.published().values_list("pk", flat=True))
    form = ExportForm(posted(request), initial={"title": _("Course pack"), "courses": everything})
    if not form.is_valid():
        return render(request, "courses/packs/export.html", {"form": form}, status=422 if form.errors else 200)
    today = clock.today()
    data = pack_of(list(form.cleaned_data["courses"]), title=form.cleaned_data["title"], on=today)
    disposition = {"Content-Disposition": f'attachment; filename="courses-{today:%Y-%m-%d}.zip"'}
    return HttpResponse(data, content_type="application/zip", headers=disposition)


def _key(request: HttpRequest, token: str) -> str:
    """Where this person's upload is kept; what is no token of ours leads nowhere."""
    return f"pack:{me(request).pk}:{token if TOKEN.fullmatch(token) else ''}"


def _upload_page(request: HttpRequest, form: PackForm, refusal: PackRefused | None = None) -> HttpResponse:
    status = 422 if refusal or form.errors else 200
    return render(request, "courses/packs/upload.html", {"form": form, "refusal": refusal}, status=status)
