"""The own career, and that of a person for those who look after people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mentoring.acts import KEEP_RESERVE, NOMINATE, SEE_CAREERS
from mentoring.careers.shown import career_of
from trainingsite.core import clock, days
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User


@require_GET
@allowed(SEE_CAREERS)
def my_career(request: HttpRequest) -> HttpResponse:
    """Where I am, what the next steps ask, and what I still lack."""
    person = me(request)
    career = career_of(person, own=True, at=clock.now(), on=days.today())
    return render(request, "mentoring/careers/mine.html", {"career": career, "own": True})


@require_GET
@allowed(SEE_CAREERS)
def person_career(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of somebody else, with the ways to nominate and to plan."""
    viewer = me(request)
    people = User.objects.people().visible_to(viewer).select_related("position", "department")
    person = get_object_or_404(people, pk=pk)
    own = person.pk == viewer.pk
    context = {
        "career": career_of(person, own=own, at=clock.now(), on=days.today()),
        "own": own,
        "may_nominate": viewer.may(NOMINATE) and not own,
        "may_keep": viewer.may(KEEP_RESERVE) and not own,
    }
    return render(request, "mentoring/careers/person.html", context)
