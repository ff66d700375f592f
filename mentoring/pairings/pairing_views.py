"""One pairing as its mentor, HR and supervisors see it, and the mentee's page of the own mentor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mentoring.acts import GUIDE, HAVE_MENTOR, PAIR, VIEW_PAIRING
from mentoring.checkins.learning import learning_of
from mentoring.checkins.overview import mentor_of, talks_of
from mentoring.pairings.models import Pairing
from trainingsite.core import clock
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_PAIRING)
def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about the pair on one page."""
    rows = Pairing.objects.visible_to(me(request)).select_related("mentor", "mentee__department", "mentee__position")
    found, day = get_object_or_404(rows, pk=pk), clock.today()
    talks = talks_of(found, on=day)
    context = {
        "pairing": found,
        "talks": talks,
        "learning": learning_of(found.mentee, on=day),
        "day": day,
        "is_mine": found.mentor_id == me(request).pk and me(request).may(GUIDE),
        "may_end": me(request).may(PAIR),
    }
    return render(request, "mentoring/pairings/pairing.html", context)


@require_GET
@allowed(HAVE_MENTOR)
def my_mentor(request: HttpRequest) -> HttpResponse:
    found, day = mentor_of(me(request)), clock.today()
    talks = talks_of(found, on=day) if found else None
    return render(request, "mentoring/pairings/mentor.html", {"pairing": found, "talks": talks, "day": day})
