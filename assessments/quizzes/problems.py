"""What keeps the course of a quiz from being published, in words."""

from collections.abc import Sequence
from random import Random

from django.utils.translation import gettext as _

from assessments.questions.models import Status
from assessments.quizzes.models import QuizQuestion, Section
from assessments.quizzes.pools import TooFew, candidates, drawn, fixed
from courses.models import Unit
from trainingsite.core.display import listed


def problems(unit: Unit) -> list[str]:
    """No question, sections without one, questions that are not ready, draws that find too few."""
    slots = list(QuizQuestion.objects.filter(quiz__unit=unit).select_related("question"))
    if not slots:
        return [_("The quiz “%(quiz)s” has no question.") % {"quiz": unit}]
    return [*_empty(unit), *_unready(unit, slots), *_too_few(unit, slots)]


def _empty(unit: Unit) -> list[str]:
    return [
        _("The section “%(section)s” of “%(quiz)s” has no question.") % {"section": section, "quiz": unit}
        for section in Section.objects.filter(quiz__unit=unit, items=None)
    ]


def _unready(unit: Unit, slots: Sequence[QuizQuestion]) -> list[str]:
    codes = [slot.question.code for slot in slots if slot.question and slot.question.status != Status.READY]
    if not codes:
        return []
    return [_("“%(quiz)s” asks what is not ready: %(codes)s.") % {"quiz": unit, "codes": listed(codes)}]


def _too_few(unit: Unit, slots: Sequence[QuizQuestion]) -> list[str]:
    """Each draw whose pool is too small, or that the others leave too little."""
    draws = [slot for slot in slots if slot.pool is not None]
    pools = candidates([slot.pool or {} for slot in draws], but=fixed(slots))
    said = [
        _("A draw of “%(quiz)s” wants %(wanted)s questions, and the bank has %(has)s for it.")
        % {"quiz": unit, "wanted": slot.draw, "has": len(pool)}
        for slot, pool in zip(draws, pools, strict=True)
        if len(pool) < slot.draw
    ]
    if not said and not _together(draws, pools):
        said = [_("The draws of “%(quiz)s” want more questions together than the bank has for them.") % {"quiz": unit}]
    return said


def _together(draws: Sequence[QuizQuestion], pools: Sequence[Sequence[int]]) -> bool:
    try:
        drawn([slot.draw for slot in draws], pools, Random(0))
    except TooFew:
        return False
    return True
