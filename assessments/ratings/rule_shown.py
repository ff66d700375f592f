"""A rule in plain words, and what another one would move."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.ratings.models import RatingRule
from assessments.ratings.rules import Effects, Move
from assessments.ratings.sources import SOURCES, label_of
from courses.models import Competency
from trainingsite.people.models import User


@dataclass(frozen=True)
class WeightShown:
    label: str
    icon: str
    weight: float
    by_person: bool


@dataclass(frozen=True)
class BandShown:
    """The scores of one level, in percent of a picture's width."""

    number: int
    start: float
    end: float
    title: str = ""
    now: bool = False

    @property
    def width(self) -> float:
        return self.end - self.start

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class RuleShown:
    """`weights` heaviest first; `bands` by the number of levels."""

    rule: RatingRule
    weights: Sequence[WeightShown]
    bands: Sequence[tuple[int, Sequence[BandShown]]]


def rule_shown(rule: RatingRule) -> RuleShown:
    names = {**dict.fromkeys(SOURCES, 1.0), **rule.source_weights}
    weights = [
        WeightShown(
            label_of(name),
            SOURCES[name].icon if name in SOURCES else "circle",
            float(weight),
            name in SOURCES and SOURCES[name].by_person,
        )
        for name, weight in names.items()
    ]
    bands = [(int(number), bands_of(row)) for number, row in sorted(rule.bands.items())]
    return RuleShown(rule, sorted(weights, key=lambda each: -each.weight), bands)


def bands_of(least: Sequence[float]) -> list[BandShown]:
    """The bands that begin at these scores, lowest first."""
    ends = [*least[1:], 100]
    return [BandShown(n, float(a), float(b)) for n, (a, b) in enumerate(zip(least, ends, strict=True), start=1)]


@dataclass(frozen=True)
class MoveShown:
    """So many people from one level to another in a competency; `first` and `others` name some of them."""

    competency: Competency
    move: Move
    people: Sequence[User]

    @property
    def first(self) -> Sequence[User]:
        return self.people[:NAMED]

    @property
    def others(self) -> Sequence[User]:
        return self.people[NAMED:]

    @property
    def unnamed(self) -> int:
        return self.move.count - len(self.people)


@dataclass(frozen=True)
class GroupShown:
    """The moves in one competency, and how many people go up and down by them."""

    competency: Competency
    moves: Sequence[MoveShown]

    @property
    def up(self) -> int:
        return sum(each.move.count for each in self.moves if each.move.is_up)

    @property
    def down(self) -> int:
        return sum(each.move.count for each in self.moves if not each.move.is_up)


@dataclass(frozen=True)
class EffectsShown:
    effects: Effects
    moves: Sequence[MoveShown]

    @property
    def groups(self) -> list[GroupShown]:
        """By competency, those first in which most people move."""
        by_competency: dict[Competency, list[MoveShown]] = {}
        for each in self.moves:
            by_competency.setdefault(each.competency, []).append(each)
        groups = [GroupShown(competency, moves) for competency, moves in by_competency.items()]
        return sorted(groups, key=lambda group: -(group.up + group.down))

    @property
    def few(self) -> bool:
        """Whether all groups can stand open."""
        return len(self.groups) <= OPEN


NAMED = 5  # people a line, before one asks for more
OPEN = 3  # groups


def effects_shown(effects: Effects) -> EffectsShown:
    """The moves with the names of competencies and of some people; two queries."""
    competencies = Competency.objects.in_bulk({move.competency_id for move in effects.moves})
    people = User.objects.in_bulk({pk for move in effects.moves for pk in move.people})
    moves = [
        MoveShown(competencies[move.competency_id], move, [people[pk] for pk in move.people if pk in people])
        for move in effects.moves
    ]
    return EffectsShown(effects, moves)
