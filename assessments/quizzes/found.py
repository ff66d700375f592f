"""What the pages of the editor have in common: the quiz that is edited, and how its parts are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments.questions import categories
from assessments.questions.models import Difficulty, Kind
from assessments.quizzes.actions import QUIZ, quiz_of
from assessments.quizzes.models import Quiz, QuizQuestion, Section
from assessments.quizzes.order import SECTION, SLOT, Mark
from assessments.quizzes.paper import slots_of
from assessments.quizzes.pools import fixed, how_many
from courses.models import Competency, Course, Topic, Unit
from trainingsite.people.access.doors import me


def quiz_or_404(request: HttpRequest, pk: int) -> Quiz:
    """The quiz of the unit, if the person sees its course; a new unit gets one."""
    units = Unit.objects.filter(course__in=Course.objects.visible_to(me(request)), kind=QUIZ)
    shown = Quiz.objects.select_related("unit__course__topic")
    found = shown.filter(unit__in=units.filter(pk=pk)).first()
    return found or shown.get(pk=quiz_of(get_object_or_404(units, pk=pk)).pk)


@dataclass(frozen=True)
class Slot:
    """A question or a draw on the page; a draw with its words and how many questions it may take."""

    row: QuizQuestion
    words: str = ""
    has: int = 0

    @property
    def mark(self) -> str:
        return str(Mark(SLOT, self.row.pk))

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return self.row.question.code if self.row.question else self.words

    @property
    def is_short(self) -> bool:
        return self.row.question_id is None and self.has < self.row.draw


@dataclass(frozen=True)
class Block:
    """What stands before the first section, or a section with what it asks."""

    section: Section | None
    slots: list[Slot] = field(default_factory=list)

    @property
    def mark(self) -> str:
        return str(Mark(SECTION, self.section.pk)) if self.section else ""


def blocks_of(quiz: Quiz) -> list[Block]:
    """The quiz as the editor shows it, with a fixed number of queries."""
    rows = slots_of(quiz)
    draws = [row for row in rows if row.question_id is None]
    pools = [row.pool or {} for row in draws]
    shown = zip(draws, in_words(pools), how_many(pools, but=fixed(rows)), strict=True)
    slots = {row.pk: Slot(row, words, has) for row, words, has in shown}
    blocks = [Block(section) for section in (None, *quiz.sections.all())]
    places = {block.section.pk if block.section else None: block for block in blocks}
    for row in rows:
        places[row.section_id].slots.append(slots.get(row.pk) or Slot(row))
    return blocks


def totals(rows: Iterable[QuizQuestion]) -> dict[str, int]:
    """How many questions an attempt asks, and for how many points."""
    asked = [(row.draw if row.question_id is None else 1, row.points) for row in rows]
    return {"asked": sum(many for many, _points in asked), "points": sum(many * points for many, points in asked)}


def in_words(pools: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each pool asks for, in words; at most three queries however many."""
    topics = Topic.objects.in_bulk(_ids(pools, "topic"))
    competencies = Competency.objects.in_bulk(_ids(pools, "competency"))
    ways = categories.ways() if _ids(pools, "category") else {}
    said = []
    for pool in pools:
        words = _name(pool.get("topic"), topics, _("a topic that is gone"))
        words += _name(pool.get("category"), ways, _("a category that is gone"))
        words += [f"#{tag}" for tag in pool.get("tags", ())]
        words += _either(pool.get("difficulty"), dict(Difficulty.choices))
        words += _either(pool.get("kind"), dict(Kind.choices))
        words += _name(pool.get("competency"), competencies, "–")
        said.append(" · ".join(words))
    return said


def _ids(pools: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    return [pool[name] for pool in pools if pool.get(name)]


def _name(pk: Any, names: Mapping[Any, object], gone: str) -> list[str]:
    return [str(names.get(pk, gone))] if pk else []


def _either(values: Sequence[Any] | None, names: Mapping[Any, object]) -> list[str]:
    return ["/".join(str(names[value]) for value in values)] if values else []
