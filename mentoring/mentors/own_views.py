"""A mentor's own page: when I work, what I speak, when I am away, and which training is open."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.acts import GUIDE
from mentoring.availability.actions import remove_away
from mentoring.evaluations.reading import in_halves
from mentoring.mentors.forms import AwayForm, OwnProfileForm
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.profile import profile_of
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(GUIDE)
def my_profile(request: HttpRequest) -> HttpResponse:
    """See the own profile; POST keeps shifts, languages and experience."""
    if request.method == "GET":
        return _page(request)
    profile = get_object_or_404(MentorProfile.objects.select_related("person"), person=me(request))
    form = OwnProfileForm(request.POST)
    if form.is_valid():
        form.save(profile)
        messages.success(request, _("Your profile is saved."))
        return redirect("my-mentoring-profile")
    return _page(request, form=form)


def _page(request: HttpRequest, *, form: OwnProfileForm | None = None, away: AwayForm | None = None) -> HttpResponse:
    profile = profile_of(MentorProfile.objects.filter(person=me(request)), on=days.today())
    if profile is None:
        return render(request, "mentoring/mentors/not_yet.html")
    known = OwnProfileForm.known(profile.row.person) | {"experience": profile.row.experience}
    context = {
        "profile": profile,
        "rating": _read_by_the_mentor(profile.row),
        "form": form or OwnProfileForm(initial=known),
        "away_form": away or AwayForm(),
        "day": days.today(),
    }
    return render(request, "mentoring/mentors/mine.html", context, status=422 if form or away else 200)


@require_POST
@allowed(GUIDE)
def add_my_away(request: HttpRequest) -> HttpResponse:
    form = AwayForm(request.POST)
    if form.is_valid():
        try:
            form.save(me(request), on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The days away are noted."))
            return redirect("my-mentoring-profile")
    return _page(request, away=form)


@require_POST
@allowed(GUIDE)
def remove_my_away(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    for away in me(request).days_away.filter(pk=pk):
        remove_away(away)
    messages.success(request, _("The days away are taken off."))
    return redirect("my-mentoring-profile")


def _read_by_the_mentor(profile: Any) -> float | None:
    """The rating in halves of a star, if there is one. Needs `with_rating`."""
    return None if profile.rating is None else in_halves(profile.rating)
