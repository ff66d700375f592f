"""Having one answer checked before handing in: tries, their penalty, and when a question is finished."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.answers import refuse_unless_answerable
from assessments.attempts.behaviours import after_wrong, checks
from assessments.attempts.models import Attempt, Response
from assessments.questions.grading import NONE, fraction
from assessments.questions.types.base import FULL
from assessments.quizzes.models import Behaviour, Quiz, Thing
from trainingsite.core.errors import Refused

ALWAYS = frozenset({Thing.ANSWERS.value, Thing.RIGHT.value, Thing.FEEDBACK.value})
AT_THE_END = frozenset({Thing.EXPLANATION.value, Thing.SOLUTION.value})


@dataclass(frozen=True)
class Checked:
    """What a check says: the worth of the answer that was checked, and whether another try is left."""

    response: Response
    raw: Decimal
    tries_left: int | None
    finished: bool
    see: frozenset[str]


@transaction.atomic
def check(attempt: Attempt, position: int, *, device: str = "", at: datetime) -> Checked:
    """Have the kept answer checked; the same answer again is no new try.

    Of `attempt` only the ids count. Raises Response.DoesNotExist when the person's attempt has no such question.
    """
    rows = Attempt.objects.select_related("quiz").select_for_update(of=["self"])
    found = rows.filter(pk=attempt.pk, person=attempt.person_id).first()
    if found is None:
        raise Response.DoesNotExist
    refuse_unless_answerable(found, device=device, at=at)
    response = Response.objects.select_related("version__question").get(attempt=found, position=position)
    raw = _raw(found.quiz, response)
    if response.answer != response.checked and not is_finished(found.quiz, response):
        _note(found.quiz, response, raw)
    return checked_of(found.quiz, response)


def checked_of(quiz: Quiz, response: Response) -> Checked:
    """What the last check of the response said."""
    version = response.version
    raw = fraction(version.question.kind, version, response.checked) or NONE
    finished = is_finished(quiz, response)
    limited = quiz.behaviour == Behaviour.INTERACTIVE and not quiz.practice
    left = max(quiz.tries - response.tries, 0) if limited and not finished else None
    return Checked(response, raw, left, finished, _see(quiz, raw, finished=finished))


def is_finished(quiz: Quiz, response: Response) -> bool:
    """Whether the question takes no other answer."""
    return quiz.behaviour == Behaviour.INTERACTIVE and not quiz.practice and response.fraction is not None


def _raw(quiz: Quiz, response: Response) -> Decimal:
    version = response.version
    raw = fraction(version.question.kind, version, response.answer) if checks(quiz) else None
    if raw is None:
        raise Refused(_("This question is not checked before you hand in."), code="not_checked")
    if response.answer is None:
        raise Refused(_("Answer the question first."), field="answer", code="no_answer")
    return raw


def _note(quiz: Quiz, response: Response, raw: Decimal) -> None:
    """One more try. What it earned is kept where it can't get less, or when it was the last."""
    response.checked = response.answer
    response.tries += 1
    worth = after_wrong(raw, response.tries - 1, quiz.penalty)
    if quiz.practice:
        response.fraction = None
    elif quiz.behaviour == Behaviour.ADAPTIVE:
        response.fraction = max(worth, response.fraction or NONE)
    elif raw == FULL or response.tries >= quiz.tries:
        response.fraction = worth
    response.save(update_fields=["checked", "tries", "fraction"])


def _see(quiz: Quiz, raw: Decimal, *, finished: bool) -> frozenset[str]:
    """What is told with a check. The solution waits until no more can be earned, and for the quiz to allow it."""
    if quiz.practice:
        return frozenset(Thing.values)
    told = frozenset(quiz.review.get("during") or ())
    return ALWAYS | (told if finished or raw == FULL else told - AT_THE_END)
