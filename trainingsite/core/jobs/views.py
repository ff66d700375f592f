from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from trainingsite.core.jobs.models import Job
from trainingsite.core.paging import render_page


@require_GET
@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress of a long work; the page asks for its partial again until the work is over."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render_page(request, "core/jobs/detail.html", {"job": found}, partial="progress")
