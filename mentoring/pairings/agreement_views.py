"""The agreement: write it, agree to it, note which goals are reached."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.acts import AGREE, GUIDE, SETTLE
from mentoring.pairings.actions import agree, reach_goal
from mentoring.pairings.agreement_forms import AgreementForm
from mentoring.pairings.models import Pairing
from mentoring.pairings.paths import page_of, pairing_of
from mentoring.pairings.rights import may_write, side_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(SETTLE)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals and dates; saving a change asks both to agree anew."""
    user, found = me(request), pairing_of(request, pk)
    back = page_of(found, user)
    if not may_write(user, found):
        messages.error(request, _("The agreement of this pairing can no longer be changed."))
        return redirect(back)
    form = AgreementForm(request.POST if request.method == "POST" else None, pairing=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The agreement is saved."))
            return redirect(back)
    context = {"form": form, "pairing": found, "back": back}
    return render(request, "mentoring/pairings/agreement.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(AGREE)
def say_yes(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user, found = me(request), get_object_or_404(_own(request), pk=pk)
    side = side_of(found, user)
    assert side is not None  # noqa: S101 - one of the two, as the queryset says
    try:
        agree(found, side, by=user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("You have agreed to the goals and dates."))
    return redirect(page_of(found, user))


def _own(request: HttpRequest) -> QuerySet[Pairing]:
    user = me(request)
    return Pairing.objects.filter(Q(mentor=user) | Q(mentee=user)).select_related("mentor", "mentee")


@require_POST
@allowed(GUIDE)
def tick_goal(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponseRedirect:
    """`reached` is 1 or 0."""
    found = get_object_or_404(Pairing.objects.filter(mentor=me(request)), pk=pk)
    goal = get_object_or_404(found.goals.select_related("pairing"), pk=goal_pk)
    try:
        reach_goal(goal, by=me(request), at=clock.now(), reached=request.POST.get("reached") == "1")
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("pairing", found.pk)
