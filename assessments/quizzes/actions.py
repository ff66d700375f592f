"""Making a quiz: its questions, their order and points."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.questions.models import Question, Status
from assessments.quizzes.models import MOST_POINTS, Quiz, QuizQuestion
from courses.models import Unit
from trainingsite.core.errors import Refused

QUIZ = "quiz"


def quiz_of(unit: Unit) -> Quiz:
    """The quiz of a unit of that kind; made with the usual settings when the unit is new."""
    return Quiz.objects.get_or_create(unit=unit)[0]


@transaction.atomic
def add_questions(quiz: Quiz, questions: Iterable[Question]) -> int:
    """Put questions behind those it has; one that it asks already stays where it is. Returns how many are new."""
    _lock(quiz)
    wanted = list(questions)
    unready = [question.code for question in wanted if question.status != Status.READY]
    if unready:
        message = _("Not ready to be asked: %(codes)s.") % {"codes": "、".join(unready)}
        raise Refused(message, field="question", code="not_ready")
    asked = set(quiz.items.values_list("question_id", flat=True))
    last = quiz.items.aggregate(last=Max("position"))["last"]
    fresh = [question for question in wanted if question.pk not in asked]
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, position=position)
        for position, question in enumerate(fresh, start=0 if last is None else last + 1)
    )
    return len(fresh)


@transaction.atomic
def remove_question(quiz: Quiz, question_id: int) -> None:
    """Take a question out; attempts that asked it keep it."""
    _lock(quiz)
    quiz.items.filter(question_id=question_id).delete()


@transaction.atomic
def order_questions(quiz: Quiz, question_ids: Sequence[int]) -> None:
    """Bring the questions into this order; those not named stay behind, in the order they have."""
    _lock(quiz)
    items = {item.question_id: item for item in quiz.items.all() if item.question_id}
    named = [items.pop(pk) for pk in dict.fromkeys(question_ids) if pk in items]
    for position, item in enumerate([*named, *items.values()]):
        item.position = position
    QuizQuestion.objects.bulk_update([*named, *items.values()], ["position"])


@transaction.atomic
def set_points(quiz: Quiz, question_id: int, points: int) -> None:
    """What the question is worth in this quiz, from now on; attempts keep the points they began with."""
    if not 1 <= points <= MOST_POINTS:
        raise Refused(_("Points are a whole number from 1 to %(most)s.") % {"most": MOST_POINTS}, field="points")
    quiz.items.filter(question_id=question_id).update(points=points)


@transaction.atomic
def set_questions(quiz: Quiz, questions: Sequence[Question]) -> None:
    """Ask exactly these, in this order; those it asked already keep their points."""
    _lock(quiz)
    quiz.items.exclude(question__in=questions).delete()
    add_questions(quiz, questions)
    wanted = {question.pk: place for place, question in enumerate(questions)}
    moved = [item for item in quiz.items.all() if item.position != wanted[item.question_id or 0]]
    for item in moved:
        item.position = wanted[item.question_id or 0]
    QuizQuestion.objects.bulk_update(moved, ["position"])


def copy_quiz(old: Unit, new: Unit) -> None:
    """Give the unit of a new version the quiz of the old one: its settings, and its questions with their points."""
    quiz = quiz_of(old)
    settings = {name: getattr(quiz, name) for name in ("pass_mark", "time_limit_minutes", "max_attempts", "shuffle")}
    copy = Quiz.objects.create(unit=new, **settings)
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=copy, question_id=item.question_id, position=item.position, points=item.points)
        for item in quiz.items.all()
    )


def problems(unit: Unit) -> list[str]:
    """What keeps the course of this quiz from being published."""
    if QuizQuestion.objects.filter(quiz__unit=unit).exists():
        return []
    return [_("The quiz “%(quiz)s” has no question.") % {"quiz": unit}]


def _lock(quiz: Quiz) -> None:
    """Two people who change one quiz do it one after the other."""
    Quiz.objects.select_for_update().get(pk=quiz.pk)
