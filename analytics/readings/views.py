from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from analytics.acts import UPLOAD_READINGS
from analytics.readings import uploads as acts
from analytics.readings.files import read
from analytics.readings.forms import ApplyForm, UploadForm
from analytics.readings.models import Upload
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me

SHOWN = 8
SAMPLE = """metric,employee_number,day,numerator,denominator
first-response-time,E00001,2026-03-02,1240,52
satisfaction,E00001,2026-03-02,46,50
complaint-rate,E00001,2026-03-02,1,52
"""


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(UPLOAD_READINGS)
def uploads(request: HttpRequest) -> HttpResponse:
    """Choose a file; below it the files of before."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("readings-upload", form.save(by=me(request)).pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    page = paginate(request, Upload.objects.visible_to(me(request)).select_related("owner").newest_first())
    status = 422 if form.errors else 200
    return render(request, "analytics/readings/uploads.html", {"form": form, "page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(UPLOAD_READINGS)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do; applying it."""
    found = get_object_or_404(Upload.objects.visible_to(me(request)).select_related("owner", "job"), pk=pk)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _apply(request, found, good_rows_alone=form.cleaned_data["good_rows_alone"])
    sheet = read(found.content) if found.content else None
    context = {"upload": found, "form": form, "sheet": sheet, "rows": sheet.rows[:SHOWN] if sheet else []}
    return render(request, "analytics/readings/upload.html", context)


def _apply(request: HttpRequest, upload: Upload, *, good_rows_alone: bool) -> HttpResponse:
    if upload.rows > acts.ROWS_AT_ONCE and upload.applied_at is None:
        return redirect("job", acts.apply_as_job(upload, good_rows_alone=good_rows_alone, by=me(request)).pk)
    try:
        acts.apply(upload, good_rows_alone=good_rows_alone, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The readings are recorded."))
    return redirect("readings-upload", upload.pk)


@require_GET
@allowed(UPLOAD_READINGS)
def sample(_request: HttpRequest) -> HttpResponse:
    """A file to start from."""
    headers = {"Content-Disposition": 'attachment; filename="readings.csv"'}
    return HttpResponse("\ufeff" + SAMPLE, content_type="text/csv; charset=utf-8", headers=headers)
