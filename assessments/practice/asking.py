"""One question of a round as its page shows it, and what the page sends back to say which one it was.

The slip that goes with a question is signed: who was asked, which version, as which answer of which day, when.
"""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, NamedTuple

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.practice.models import Review
from assessments.practice.rounds import Round
from assessments.questions.models import Question, QuestionVersion
from assessments.questions.posting import posted_answer
from assessments.questions.types.base import QuestionType, type_of
from assessments.questions.wording import Wording, worded_in
from assessments.quizzes.models import Thing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

NAME, SALT = "q-1", "practice"
EVERYTHING, OWN_ANSWER = tuple(Thing.values), (Thing.ANSWERS.value,)


class Slip(NamedTuple):
    """Which question was asked of whom, as which answer of the day, at which second."""

    person: int
    version: int
    number: int
    drill: int
    day: str
    second: int

    def signed(self) -> str:
        return signing.dumps(list(self), salt=SALT)

    @property
    def chance(self) -> Random:
        """What decides the order: the same after a reload."""
        return Random(f"{self.person}/{self.version}/{self.number}/{self.day}")


@dataclass(frozen=True)
class Asked:
    """A question to answer, or one that was answered, in the reader's language."""

    question: Question
    wording: Wording
    parts: dict[str, Any]
    slip: str = ""
    see: tuple[str, ...] = ()

    @property
    def type(self) -> QuestionType:
        return type_of(self.question.kind)


def asked(question: Question, slip: Slip) -> Asked:
    """The question as it is worded now, in the person's own order."""
    version = question.current
    assert version is not None  # noqa: S101 - a question that was asked has one
    wording, kind = worded_in(version, question.kind), type_of(question.kind)
    parts = kind.asked(wording.content, kind.order(wording.content, slip.chance), None)
    return Asked(question, wording, parts, slip.signed())


def told(review: Review, *, held: bool = False) -> Asked:
    """What was answered, with all that is to learn from it; what a quiz keeps back shows the own answer alone."""
    version = review.version
    wording, kind = worded_in(version, version.question.kind), type_of(version.question.kind)
    order = kind.order(wording.content, slip_of(review).chance)
    see = OWN_ANSWER if held else EVERYTHING
    return Asked(version.question, wording, kind.told(wording.content, order, review.answer), see=see)


def slip_for(person: User, current: Round, question: Question, *, day: date, at: datetime) -> Slip:
    """The slip of the question that comes next in the round."""
    drill = current.drill.drill_id if current.drill else 0
    number = len(current.answers.get(question.pk, ())) + 1 if not drill else _answers_today(person, question, day) + 1
    return Slip(person.pk, question.current_id or 0, number, drill, day.isoformat(), int(at.timestamp()))


def slip_of(review: Review) -> Slip:
    """The slip with which it was asked, but for the moment."""
    return Slip(review.person_id, review.version_id, review.number, review.drill_id or 0, review.day.isoformat(), 0)


def read_slip(text: str, person: User) -> Slip:
    """The slip of a page that was shown to the person; refused when it is none of ours, or somebody else's."""
    try:
        slip = Slip(*signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError) as error:
        raise Refused(_("This page can't be read; here is the question anew."), code="slip_unreadable") from error
    if slip.person != person.pk:
        raise Refused(_("That page was somebody else's; nothing was changed."), code="slip_of_another")
    return slip


def read_answer(data: QueryDict, version: QuestionVersion, slip: Slip) -> Any:
    """The answer in the shape in which it is kept; refused when it does not fit what was shown."""
    kind = version.question.kind
    content = worded_in(version, kind).content
    type_ = type_of(kind)
    return type_.accept(content, type_.order(content, slip.chance), posted_answer(data, kind, NAME))


def _answers_today(person: User, question: Question, day: date) -> int:
    return Review.objects.filter(card__person=person, card__question=question, day=day).count()
