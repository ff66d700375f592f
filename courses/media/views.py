"""The library of files: its list, uploading, the picker of pictures, and each file for those who may see it."""

from functools import partial
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from courses.acts import EDIT_COURSES, VIEW_COURSES
from courses.media.actions import media_url
from courses.media.filters import MediaFilter
from courses.media.forms import ENDINGS, UploadForm, limits_in_words
from courses.media.models import Media, MediaKind, library
from courses.media.ranges import answer
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"name": "name", "kind": "kind", "size": "size", "seconds": "seconds", "added": "created_at"}
PICKER_ROWS = 24
# Whoever opens a file by its address gets nothing of it that could run.
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def media_list(request: HttpRequest) -> HttpResponse:
    """All files, and a form for another one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (media := form.save_by(me(request))):
        messages.success(request, _("“%(file)s” is in the library.") % {"file": media})
        return redirect("media")
    filterset = MediaFilter(request.GET, Media.objects.visible_to(me(request)).select_related("uploaded_by"))
    context = {
        "form": form,
        "filterset": filterset,
        "page": paginate(request, sorted_by(request, filterset.qs, COLUMNS, "-added")),
        "sort": "-added",
        "target": "#files",
        "limits": limits_in_words(ENDINGS),
    }
    status = 422 if form.errors else 200
    return render_page(request, "courses/media/list.html", context, partial="files", status=status)


@require_POST
@allowed(EDIT_COURSES)
def upload(request: HttpRequest) -> JsonResponse:
    """For scripts: keep the file and say how it is named, or what is wrong with it."""
    form = UploadForm(request.POST, request.FILES)
    media = form.save_by(me(request)) if form.is_valid() else None
    if media is None:
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"error": said}, status=422)
    return JsonResponse(_described(media), status=201)


@require_GET
@allowed(EDIT_COURSES)
def pictures(request: HttpRequest) -> HttpResponse:
    """The pictures of the library, the newest first, to choose one from."""
    found = Media.objects.visible_to(me(request)).pictures().filter(name__icontains=request.GET.get("q", "")[:100])
    page = paginate(request, found, PICKER_ROWS)
    rows = [(media, media_url(media)) for media in page]
    return render(request, "courses/media/_pictures.html", {"page": page, "rows": rows, "q": request.GET.get("q", "")})


@require_safe
@allowed(VIEW_COURSES)
def media_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file itself, whole or in pieces; 404 for those to whom no course shows it."""
    media = get_object_or_404(Media.objects.visible_to(me(request)), sha256__startswith=key)
    if not library().exists(media.path):
        raise Http404
    opened = partial(library().open, media.path, "rb")
    response = answer(request, opened, size=media.size, mime=media.mime, etag=f'"{media.sha256}"')
    how = "attachment" if media.kind == MediaKind.DOCUMENT else "inline"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(media.name)}"
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _described(media: Media) -> dict[str, object]:
    facts = ("name", "kind", "size", "seconds", "pages", "reference")
    return {"key": media.sha256, "url": media_url(media), **{name: getattr(media, name) for name in facts}}
