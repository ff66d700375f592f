"""Mentor and mentee evaluate each other."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.acts import AGREE
from mentoring.evaluations.due import open_for
from mentoring.evaluations.forms import EvaluateForm
from mentoring.evaluations.models import Moment
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from mentoring.pairings.paths import page_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(AGREE)
def evaluate(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """The one form of the side that the person is on; where nothing is asked, back to the page with a message."""
    user, day = me(request), clock.today()
    mine = Pairing.objects.filter(Q(mentor=user) | Q(mentee=user)).select_related("mentor", "mentee", "plan")
    found = get_object_or_404(mine, pk=pk)
    if moment not in Moment.values:
        raise Http404
    side = Side.MENTEE if found.mentee_id == user.pk else Side.MENTOR
    if (side, moment) not in open_for(found, day, GuidanceRule.objects.current()):
        messages.info(request, _("There is nothing to evaluate now."))
        return redirect(page_of(found, user))
    form = EvaluateForm(request.POST if request.method == "POST" else None, side=side)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found, Moment(moment), by=user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you; your evaluation is kept."))
            return redirect(page_of(found, user))
    context = {
        "form": form,
        "pairing": found,
        "is_mentee": side == Side.MENTEE,
        "other": found.mentor if side == Side.MENTEE else found.mentee,
        "moment": Moment(moment).label,
        "back": page_of(found, user),
        "draft": f"evaluation-{found.pk}-{moment}",
    }
    return render(request, "mentoring/evaluations/evaluate.html", context, status=422 if form.errors else 200)
