"""A survey within a course: the author chooses it, the learner answers it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessments.surveys.forms import AnswerForm
from assessments.surveys.models import Survey, SurveyUnit
from assessments.surveys.units import SURVEY, answer_in_course, go_on, has_answered, survey_unit_of
from courses.acts import EDIT_COURSES, LEARN
from courses.curriculum.kind_pages import author_page
from courses.models import Unit
from courses.player.frame import Frame, frame_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User


class SurveyUnitForm(forms.ModelForm[SurveyUnit]):
    """Which survey the learners are asked; those that can still be answered."""

    class Meta:
        model = SurveyUnit
        fields = ["survey"]
        help_texts = {"survey": gettext_lazy("Learners are asked whether they belong to its audience or not.")}

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        super().__init__(data, instance=survey_unit_of(unit))
        field = cast("forms.ModelChoiceField[Survey]", self.fields["survey"])
        still = Survey.objects.filter(Q(closes_on__gte=clock.today()) | Q(pk=self.instance.survey_id))
        field.queryset = still.order_by("title", "pk")
        field.required = True

    def save_to(self, unit: Unit, *, by: User) -> None:  # noqa: ARG002 - the interface of authors' forms
        """Keep it for the unit that may be changed."""
        found = survey_unit_of(unit)
        found.survey = self.cleaned_data["survey"]
        found.save(update_fields=["survey"])


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def survey_unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page."""
    return author_page(request, pk, kind=SURVEY, form=SurveyUnitForm)


@require_http_methods(["GET", "POST"])
@allowed(LEARN)
def learn_survey(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """The questions in the course; who has answered before, or comes too late, goes on."""
    frame = frame_of(request, pk, unit_pk, kind=SURVEY)
    survey = survey_unit_of(frame.unit).survey
    over = survey is None or survey.closes_on < clock.today()
    context: dict[str, Any] = {"frame": frame, "survey": survey, "over": over}
    if survey is None or over or has_answered(survey, me(request)) or not frame.is_open:
        return _over(request, frame, context)
    waits = survey.released_at is None or clock.today() < survey.opens_on
    form = AnswerForm(request.POST if request.method == "POST" else None, questions=list(survey.questions.all()))
    if request.method == "POST" and form.is_valid():
        try:
            answer_in_course(frame.enrolment, frame.unit, form.answers(), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you, your answers are kept."))
            return redirect("learn-survey", pk, unit_pk)
    context |= {"form": form, "waits": waits}
    return render(request, "assessments/surveys/learn.html", context, status=422 if form.errors else 200)


def _over(request: HttpRequest, frame: Frame, context: dict[str, Any]) -> HttpResponse:
    """There is nothing to answer: a button goes on."""
    if request.method == "POST" and frame.is_open:
        go_on(frame.enrolment, frame.unit, at=clock.now())
        return redirect("learn-on", frame.enrolment.pk)
    return render(request, "assessments/surveys/learn.html", context | {"form": None})
