"""The `quiz:` part of a unit in a content pack."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.questions.models import Question
from assessments.quizzes.actions import quiz_of, set_questions
from assessments.quizzes.models import Quiz
from courses.models import Unit
from trainingsite.core.errors import Refused

SETTINGS = {"pass_mark": 80, "time_limit_minutes": None, "max_attempts": None, "shuffle": True}


def import_quiz(unit: Unit, part: Any) -> None:
    """Give the unit's quiz its settings and questions; the topic's questions are there by then."""
    if not isinstance(part, dict):
        raise Refused(_("A quiz has settings and a list of questions."), field="quiz", code="shape")
    unknown = [str(key) for key in part if key != "questions" and key not in SETTINGS]
    if unknown:
        raise Refused(_("Unknown setting: %(names)s.") % {"names": ", ".join(unknown)}, field="quiz", code="unknown")
    questions = _questions(part.get("questions") or [])
    quiz = quiz_of(unit)
    _set(quiz, {**SETTINGS, **{key: value for key, value in part.items() if key != "questions"}})
    set_questions(quiz, questions)


def _questions(codes: Any) -> list[Question]:
    if not isinstance(codes, list) or not codes:
        raise Refused(_("The quiz names no question."), field="quiz.questions", code="no_question")
    found = {question.code: question for question in Question.objects.in_use().filter(code__in=map(str, codes))}
    missing = [str(code) for code in codes if str(code) not in found]
    if missing:
        message = _("No such question: %(codes)s.") % {"codes": ", ".join(missing)}
        raise Refused(message, field="quiz.questions", code="unknown_question")
    return [found[code] for code in dict.fromkeys(map(str, codes))]


def _set(quiz: Quiz, values: dict[str, Any]) -> None:
    changed = {name: value for name, value in values.items() if getattr(quiz, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(quiz, name, value)
    try:
        quiz.full_clean(exclude=["unit"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=f"quiz.{name}", code="invalid") from error
    quiz.save()
