from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trainingsite.core import clock
from trainingsite.core.home.panels import panels_for


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    day = clock.today()
    return render(request, "core/home.html", {"panels": panels_for(request.user, day), "day": day})
