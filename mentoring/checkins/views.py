"""Pages of mentor and mentee: my mentees, a pairing with its check-ins, noting one, my mentor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import GUIDE, HAVE_MENTOR, PAIR, VIEW_PAIRING
from mentoring.checkins.forms import CheckInForm
from mentoring.checkins.learning import learning_of
from mentoring.checkins.overview import mentees_of, mentor_of
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


@require_GET
@allowed(VIEW_PAIRING)
def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentee with the timeline of check-ins and the state of learning."""
    rows = Pairing.objects.visible_to(me(request)).select_related("mentor", "mentee__department", "mentee__position")
    found, day = get_object_or_404(rows, pk=pk), clock.today()
    checkins = list(found.checkins.newest_first().prefetch_related("next_steps"))
    context = {
        "pairing": found,
        "planned": next((checkin for checkin in checkins if checkin.held_on is None), None),
        "held": [checkin for checkin in checkins if checkin.held_on is not None],
        "overdue": any(checkin.is_overdue(day) for checkin in checkins),
        "learning": learning_of(found.mentee, on=day),
        "day": day,
        "is_mine": found.mentor_id == me(request).pk and me(request).may(GUIDE),
        "may_end": me(request).may(PAIR),
    }
    return render(request, "mentoring/checkins/pairing.html", context)


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


@require_GET
@allowed(HAVE_MENTOR)
def my_mentor(request: HttpRequest) -> HttpResponse:
    found = mentor_of(me(request))
    held = found.checkins.held().newest_first().prefetch_related("next_steps") if found else []
    return render(request, "mentoring/checkins/mentor.html", {"pairing": found, "held": held, "day": clock.today()})
