"""What levels are expected to become of a path: by the rating rule, over the evidence there is and one piece a course.

A course teaches a level, but the level follows from all evidence: beside older pieces one more may move it less far,
and the first piece of all gives none yet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from assessments.learning_paths.shown import Move, PathShown, StepShown
from assessments.learning_paths.suggestions import Step, Suggestion
from assessments.ratings.deriving import levels_of
from assessments.ratings.models import Evidence
from assessments.ratings.ready import rule_at
from assessments.ratings.reckoning import derive, middle_of
from courses.models import Competency, Teaches
from trainingsite.core.days import company_day


@dataclass(frozen=True)
class Learnt:
    """The piece of evidence that completing a course will be."""

    score: Decimal
    at: datetime
    source: str = "course"
    by_id: int | None = None


class Prospect:
    """A person's evidence in some competencies, to which courses are added one by one. Three queries."""

    def __init__(self, person_id: int, competency_ids: Collection[int], at: datetime) -> None:
        self.at = at
        self.rule = rule_at(at)
        self.levels = levels_of(competency_ids, at)
        self.pieces: dict[int, list[Any]] = {pk: [] for pk in competency_ids}
        standing = Evidence.objects.standing().filter(person=person_id, competency__in=list(competency_ids))
        for piece in standing:
            self.pieces[piece.competency_id].append(piece)

    def learn(self, taught: Mapping[int, int]) -> None:
        """Complete a course that teaches these competencies up to these levels."""
        for pk, level in taught.items():
            number = self.levels.get(pk, 0)
            if pk in self.pieces and level <= number and str(number) in self.rule.bands:
                self.pieces[pk].append(Learnt(middle_of(self.rule, number, level), self.at))

    def level(self, competency_id: int) -> int:
        """What the rule gives by now; 0 while there is too little for a level."""
        number = self.levels.get(competency_id, 0)
        return derive(self.pieces[competency_id], self.rule, number, company_day(self.at)).level or 0


def outlook_of(suggestion: Suggestion, chosen: Collection[int], at: datetime) -> list[tuple[Step, tuple[Move, ...]]]:
    """Each course of the suggestion with what it moves, when those that are chosen are taken in order."""
    held = {gap.competency_id: gap.level for gap in suggestion.fit.gaps}
    prospect = Prospect(suggestion.person_id, held.keys(), at)
    rows = []
    for step in suggestion.steps:
        before = {pk: list(pieces) for pk, pieces in prospect.pieces.items()}
        prospect.learn(step.reaches)
        rows.append((step, tuple(_move(each.competency, each.closing, held, prospect) for each in step.closes)))
        if step.course.pk not in chosen:
            prospect.pieces = before
    return rows


def _move(competency: Competency, closing: Any, held: Mapping[int, int], prospect: Prospect) -> Move:
    level = prospect.level(competency.pk)
    return Move(competency, closing.before, closing.after, closing.need, held[competency.pk], level)


def looked_ahead(found: PathShown, at: datetime) -> PathShown:
    """An open path with the levels as they are now, and what its open courses are expected to make of them."""
    ids = {move.competency.pk for each in found.steps for move in each.closes}
    if not ids:
        return found
    prospect = Prospect(found.path.person_id, ids, at)
    held = {pk: prospect.level(pk) for pk in ids}
    taught = _taught(each.step.course_id for each in found.steps if each.is_open)
    steps = []
    for each in found.steps:
        prospect.learn(taught.get(each.step.course_id, {}))
        steps.append(replace(each, closes=_seen(each, held, prospect)))
    return replace(found, steps=tuple(steps))


def _seen(each: StepShown, held: Mapping[int, int], prospect: Prospect) -> tuple[Move, ...]:
    """What came of a course that is done; what is expected of one that is open."""
    return tuple(
        replace(
            move,
            held=held[move.competency.pk],
            expected=prospect.level(move.competency.pk) if each.is_open else None,
        )
        for move in each.closes
    )


def _taught(course_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    rows = Teaches.objects.filter(course__in=list(course_ids), competency__retired_at=None)
    for course, competency, level in rows.values_list("course", "competency", "level"):
        found.setdefault(course, {})[competency] = level
    return found
