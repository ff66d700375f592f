"""Mentor and mentee evaluate each other."""

from typing import Any

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
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User


@require_http_methods(["GET", "POST"])
@allowed(AGREE)
def evaluate(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """The one form of the side that the person is on; where nothing is asked, back to the page with a message."""
    user = me(request)
    found, side = _own(user, pk)
    if moment not in Moment.values:
        raise Http404
    if (side, moment) not in open_for(found, days.today(), GuidanceRule.objects.current()):
        messages.info(request, _("There is nothing to evaluate now."))
        return redirect(page_of(found, user))
    form = EvaluateForm(posted(request), side=side)
    if form.is_valid():
        try:
            form.save(found, Moment(moment), by=user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you; your evaluation is kept."))
            return redirect(page_of(found, user))
    context = {"form": form, "back": page_of(found, user), **_shown(found, side, Moment(moment))}
    return render(request, "mentoring/evaluations/evaluate.html", context, status=422 if form.errors else 200)


def _own(user: User, pk: int) -> tuple[Pairing, Side]:
    """A pairing of the user's, and as which of the two."""
    mine = Pairing.objects.filter(Q(mentor=user) | Q(mentee=user)).select_related("mentor", "mentee", "plan")
    found = get_object_or_404(mine, pk=pk)
    return found, Side.MENTEE if found.mentee_id == user.pk else Side.MENTOR


def _shown(found: Pairing, side: Side, moment: Moment) -> dict[str, Any]:
    """What the page says around the form."""
    is_mentee = side == Side.MENTEE
    return {
        "pairing": found,
        "is_mentee": is_mentee,
        "other": found.mentor if is_mentee else found.mentee,
        "moment": moment.label,
        "draft": f"evaluation-{found.pk}-{moment}-{side}",
    }
