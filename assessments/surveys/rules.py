"""What makes a question askable and an answer acceptable; the form and the acts both ask here."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from assessments.surveys.models import AnswerKind, SurveyQuestion

SCALE = ("1", "2", "3", "4", "5")
MAX_TEXT = 1000
MAX_OPTION = 100
MIN_OPTIONS, MAX_OPTIONS = 2, 12


def problem_with(question: SurveyQuestion, answer: str) -> str:
    """Why `answer` cannot be taken, or nothing."""
    if not answer:
        return _("Please answer this question.") if question.is_required else ""
    if question.kind == AnswerKind.TEXT:
        return _("At most %(n)s characters.") % {"n": MAX_TEXT} if len(answer) > MAX_TEXT else ""
    offered = SCALE if question.kind == AnswerKind.SCALE else question.options
    return "" if answer in offered else _("Please choose one of the answers.")


def problem_with_options(options: list[str]) -> str:
    """Why these cannot be the answers of a choice question, or nothing."""
    if not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
        return _("Between %(least)s and %(most)s answers, one a line.") % {"least": MIN_OPTIONS, "most": MAX_OPTIONS}
    if len(set(options)) < len(options):
        return _("Each answer only once.")
    if any(len(option) > MAX_OPTION for option in options):
        return _("An answer has at most %(n)s characters.") % {"n": MAX_OPTION}
    return ""


def stored(questions: Iterable[SurveyQuestion], answers: dict[int, str]) -> dict[str, Any]:
    """The answers as a reply keeps them: by question id, numbers of a scale as numbers, what is left open left out."""
    given = ((question, answers.get(question.pk, "").strip()) for question in questions)
    return {str(q.pk): int(answer) if q.kind == AnswerKind.SCALE else answer for q, answer in given if answer}
