"""The survey as a kind of unit: answering it, once, completes the unit wherever the person learns it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.surveys.actions import answer
from assessments.surveys.models import Invitation, Survey, SurveyUnit
from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.enrolment.actions import complete_unit
from courses.models import Enrolment, Unit
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

SURVEY = "survey"


def survey_unit_of(unit: Unit) -> SurveyUnit:
    """What a unit of this kind asks; without a survey when the unit is new."""
    return SurveyUnit.objects.select_related("survey").get_or_create(unit=unit)[0]


def has_answered(survey: Survey, person: User) -> bool:
    """Whether the person has answered, here or by invitation."""
    return Invitation.objects.filter(survey=survey, person=person, answered_on__isnull=False).exists()


@transaction.atomic
def answer_in_course(enrolment: Enrolment, unit: Unit, answers: dict[int, str], *, at: datetime) -> Enrolment:
    """Keep the answers of a learner, who counts as invited, and complete the unit; a repeat keeps the first ones."""
    survey = survey_unit_of(unit).survey
    if survey is None or survey.released_at is None or timezone.localdate(at) < survey.opens_on:
        raise Refused(_("This survey is not open yet."), code="survey_not_open")
    Invitation.objects.get_or_create(survey=survey, person=enrolment.person)
    answer(survey, enrolment.person, answers, at=at)
    return complete_unit(enrolment, unit, at=at)


@transaction.atomic
def go_on(enrolment: Enrolment, unit: Unit, *, at: datetime) -> Enrolment:
    """Complete the unit of somebody who has answered before, or whom a survey that has closed can no longer ask."""
    survey = survey_unit_of(unit).survey
    over = survey is None or survey.closes_on < timezone.localdate(at)
    if survey is not None and not over and not has_answered(survey, enrolment.person):
        raise Refused(_("Please answer the questions first."), code="not_answered")
    return complete_unit(enrolment, unit, at=at)


def problems(unit: Unit) -> list[str]:
    """A unit needs a survey that was let go and is not over."""
    survey = survey_unit_of(unit).survey
    if survey is None:
        return [_("The unit “%(unit)s” has no survey yet.") % {"unit": unit}]
    if survey.released_at is None:
        return [_("The survey of “%(unit)s” is a draft still; send it first.") % {"unit": unit}]
    if survey.closes_on < clock.today():
        return [_("The survey of “%(unit)s” has closed.") % {"unit": unit}]
    return []


def copy(old: Unit, new: Unit) -> None:
    """The same survey: whoever has answered has answered."""
    SurveyUnit.objects.create(unit=new, survey=survey_unit_of(old).survey)


def rule(unit: Unit) -> str:  # noqa: ARG001 - the interface of kinds
    return _("answered")


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("learn-survey", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("survey-unit-edit", args=[unit.pk])


UNIT_KINDS.register(
    SURVEY,
    UnitKind(
        label=gettext_lazy("Survey"),
        icon="clipboard-list",
        study_url=study_url,
        edit_url=edit_url,
        problems=problems,
        copy=copy,
        rule=rule,
    ),
)
