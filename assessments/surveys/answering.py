"""The page on which a person answers, made for the phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.acts import ANSWER_SURVEYS
from assessments.surveys.actions import answer
from assessments.surveys.forms import AnswerForm
from assessments.surveys.models import Invitation
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(ANSWER_SURVEYS)
def answer_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions; a word of thanks to whoever has answered; a word of regret after the last day."""
    invitations = Invitation.objects.visible_to(me(request)).filter(survey__sent_at__isnull=False)
    invitation = get_object_or_404(invitations.select_related("survey"), survey=pk)
    survey = invitation.survey
    closed = survey.closes_on < clock.today()
    if invitation.answered_on or (closed and request.method == "GET"):
        context = {"survey": survey, "answered": invitation.answered_on is not None}
        return render(request, "assessments/surveys/over.html", context)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, questions=list(survey.questions.all()))
    if form.is_valid():
        try:
            answer(survey, me(request), form.answers(), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you, your answers are kept."))
            return redirect("survey-answer", pk)
    context = {"survey": survey, "form": form, "invitation": invitation}
    return render(request, "assessments/surveys/answer.html", context, status=422 if form.errors else 200)
