"""The paper of an attempt: which questions it asks, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.models import Question, QuestionVersion
from assessments.questions.types.base import type_of
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.quizzes.pools import candidates, drawn, fixed
from trainingsite.core.errors import Refused


@dataclass(frozen=True)
class Asked:
    """One question of an attempt: the version that is asked, and in which order its parts are shown."""

    version: QuestionVersion
    points: int
    section: str
    option_order: Any


@dataclass
class Source:
    """A quiz with all that attempts at it may ask; read once, it gives any number of papers."""

    quiz: Quiz
    slots: Sequence[QuizQuestion]
    pools: Sequence[Sequence[int]]
    _versions: dict[int, QuestionVersion] = field(default_factory=dict)

    def paper(self, chance: Random) -> list[Asked]:
        """The questions of one attempt; the same chance gives the same paper. Refused when a draw finds too few."""
        picked = self._picked(chance)
        rows: list[tuple[QuestionVersion, QuizQuestion]] = []
        for _section, slots in groupby(self.slots, key=lambda slot: slot.section_id):
            rows += self._part(list(slots), picked, chance)
        options = chance if self.quiz.shuffle_options else None
        return [
            Asked(
                version=version,
                points=slot.points,
                section=slot.section.title if slot.section else "",
                option_order=type_of(version.question.kind).order(version.content, options),
            )
            for version, slot in rows
        ]

    def _part(
        self, slots: Sequence[QuizQuestion], picked: dict[int, list[QuestionVersion]], chance: Random
    ) -> list[tuple[QuestionVersion, QuizQuestion]]:
        """The questions of one section, or of those before the first section."""
        rows = [(version, slot) for slot in slots for version in picked[slot.pk]]
        section = slots[0].section
        if self.quiz.shuffle and (section is None or section.shuffle):
            chance.shuffle(rows)
        return rows

    def _picked(self, chance: Random) -> dict[int, list[QuestionVersion]]:
        """The versions that each slot asks."""
        draws = [slot for slot in self.slots if slot.question_id is None]
        chosen = drawn([slot.draw for slot in draws], self.pools, chance)
        self._read(pk for ids in chosen for pk in ids)
        found = {slot.pk: [self._versions[pk] for pk in ids] for slot, ids in zip(draws, chosen, strict=True)}
        return found | {slot.pk: [_version(slot.question)] for slot in self.slots if slot.question}

    def _read(self, wanted: Any) -> None:
        missing = {pk for pk in wanted if pk not in self._versions}
        if missing:
            questions = Question.objects.filter(pk__in=missing).select_related("current")
            self._versions |= {question.pk: _version(question) for question in questions}


def _version(question: Question) -> QuestionVersion:
    """The present version, which knows its question without another query."""
    if question.current is None:
        raise LookupError(f"question {question.pk} has no version")
    question.current.question = question
    return question.current


def slots_of(quiz: Quiz) -> list[QuizQuestion]:
    """The places of the quiz as they are asked: those of no section first, then section by section."""
    slots = list(quiz.items.select_related("section", "question__current"))
    return sorted(slots, key=lambda slot: (place_of(slot), slot.position, slot.pk))


def place_of(slot: QuizQuestion) -> tuple[int, int]:
    """Where the slot's section stands; before all others without one."""
    return (slot.section.position, slot.section.pk) if slot.section else (-1, 0)


def source_of(quiz: Quiz) -> Source:
    """Everything that attempts at the quiz may ask, in at most two queries however long it is."""
    slots = slots_of(quiz)
    if not slots:
        raise Refused(_("This quiz has no question yet."), code="no_question")
    draws = [slot.pool or {} for slot in slots if slot.question_id is None]
    return Source(quiz, slots, candidates(draws, but=fixed(slots)))


def paper_for(quiz: Quiz, chance: Random) -> list[Asked]:
    """What one attempt asks, in at most three queries however many questions; Refused when it can't be asked."""
    return source_of(quiz).paper(chance)
