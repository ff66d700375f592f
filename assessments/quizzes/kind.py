"""A quiz as a kind of unit."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.quizzes.actions import QUIZ, copy_quiz
from assessments.quizzes.models import Quiz
from assessments.quizzes.problems import problems
from courses.curriculum.kinds import UnitKind
from courses.models import Enrolment, Unit


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("quiz", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("quiz-edit", args=[unit.pk])


def rule(unit: Unit) -> str:
    quiz = getattr(unit, QUIZ, None)  # missing until its page was opened
    return gettext("done when passed with %(mark)s%%") % {"mark": quiz.pass_mark if quiz else Quiz().pass_mark}


KIND = UnitKind(
    label=_("Quiz"),
    icon="list-check",
    study_url=study_url,
    edit_url=edit_url,
    problems=problems,
    assesses=True,
    copy=copy_quiz,
    rule=rule,
    beside=(QUIZ,),
)
