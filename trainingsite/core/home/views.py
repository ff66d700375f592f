from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trainingsite.core import clock
from trainingsite.core.home.panels import panels_for
from trainingsite.core.home.start import first_steps


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    day = clock.today()
    panels = panels_for(request.user, day)
    context = {"panels": panels, "day": day, "steps": [] if panels else first_steps(request)}
    return render(request, "core/home.html", context)
