"""A whole quiz at once: what it shall ask, put in place of what it asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import transaction

from assessments.questions.models import Question
from assessments.quizzes.actions import check_draw, check_points, lock, refuse_unready
from assessments.quizzes.models import Quiz, QuizQuestion, Section


@dataclass(frozen=True)
class Part:
    """A question, or `draw` questions out of a pool; without `points` those it has stay."""

    question: Question | None = None
    pool: dict[str, Any] | None = None
    draw: int = 1
    points: int | None = None


@dataclass(frozen=True)
class PlannedSection:
    """A section with what it asks; the first one of a plan may have no title, and is none."""

    title: str = ""
    note: str = ""
    shuffle: bool = True
    parts: Sequence[Part] = field(default_factory=list)


@transaction.atomic
def set_plan(quiz: Quiz, plan: Sequence[PlannedSection]) -> None:
    """Ask exactly this, in this order; a repeat changes no row."""
    lock(quiz)
    _check([part for section in plan for part in section.parts])
    slots, sections = list(quiz.items.all()), {section.title: section for section in quiz.sections.all()}
    places = count()
    for planned in plan:
        section = None
        if planned.title:
            section = _section(quiz, planned, sections.pop(planned.title, None), next(places))
        for part in planned.parts:
            _slot(quiz, part, _taken(slots, part), section, next(places))
    quiz.items.filter(pk__in=[slot.pk for slot in slots]).delete()
    quiz.sections.filter(pk__in=[section.pk for section in sections.values()]).delete()


def _check(parts: Sequence[Part]) -> None:
    for part in parts:
        check_draw(part.draw)
        check_points(1 if part.points is None else part.points)
    refuse_unready(part.question for part in parts if part.question)


def _section(quiz: Quiz, planned: PlannedSection, found: Section | None, place: int) -> Section:
    section = found or Section(quiz=quiz)
    _keep(section, title=planned.title, note=planned.note, shuffle=planned.shuffle, position=place)
    return section


def _slot(quiz: Quiz, part: Part, found: QuizQuestion | None, section: Section | None, place: int) -> None:
    slot = found or QuizQuestion(quiz=quiz)
    points = slot.points if part.points is None else part.points
    values = {"question_id": part.question.pk if part.question else None, "pool": part.pool, "draw": part.draw}
    _keep(slot, **values, points=points, section_id=section.pk if section else None, position=place)


def _taken(slots: list[QuizQuestion], part: Part) -> QuizQuestion | None:
    """The slot that asks this already; it is no longer among those that are left."""
    for slot in slots:
        same = slot.question_id == part.question.pk if part.question else slot.pool == part.pool
        if same:
            slots.remove(slot)
            return slot
    return None


def _keep(row: QuizQuestion | Section, **values: Any) -> None:
    """Save the row if it is new or says something else."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed or row.pk is None:
        row.save()
