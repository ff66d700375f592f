"""The mentor's pages: my mentees, and noting a check-in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import GUIDE
from mentoring.checkins.forms import CheckInForm
from mentoring.checkins.overview import mentees_of
from mentoring.pairings.models import Pairing
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(GUIDE)
def my_mentees(request: HttpRequest) -> HttpResponse:
    mentees = mentees_of(me(request), on=clock.today())
    context = {
        "this_week": [mentee for mentee in mentees if mentee.needs_me_this_week],
        "later": [mentee for mentee in mentees if not mentee.needs_me_this_week],
    }
    return render(request, "mentoring/checkins/mentees.html", context)


@require_http_methods(["GET", "POST"])
@allowed(GUIDE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Pairing.objects.filter(mentor=me(request)).select_related("mentee"), pk=pk)
    form = CheckInForm(request.POST if request.method == "POST" else None, on=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check-in with %(name)s is noted.") % {"name": found.mentee})
            return redirect("my-mentees")
    context = {"form": form, "pairing": found, "draft": f"check-in-{found.pk}"}
    return render(request, "mentoring/checkins/note.html", context, status=422 if form.errors else 200)
