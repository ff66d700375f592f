"""A quiz as a kind of unit."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.quizzes.actions import problems
from courses.curriculum.kinds import UnitKind
from courses.models import Enrolment, Unit


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("quiz", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("quiz-edit", args=[unit.pk])


KIND = UnitKind(
    label=_("Quiz"), icon="list-check", study_url=study_url, edit_url=edit_url, problems=problems, assesses=True
)
