"""A profile as its page shows it: needs by group, its radar, and how it came to be what it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.profiles.differences import Change, changes, needs_of
from assessments.profiles.models import ProfileVersion
from courses.competencies.models import CompetencyLevel
from courses.models import Competency
from trainingsite.core import charts

FEWEST_AXES = 3
Names = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class NeedShown:
    competency: Competency
    level: int
    level_title: str
    of_levels: int
    weight: Decimal


@dataclass(frozen=True)
class GroupShown:
    title: str
    needs: list[NeedShown]

    @property
    def weight(self) -> Decimal:
        return sum((need.weight for need in self.needs), Decimal())


@dataclass(frozen=True)
class Step:
    """A version in the history: what it changed against the one that held until then."""

    version: ProfileVersion
    state: str  # planned, standing, past, replaced (by another version from the same day)
    changes: list[Change]


def level_names(competency_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """The name of each level in the reader's language, by competency and number; one query."""
    levels = CompetencyLevel.objects.filter(competency__in=set(competency_ids))
    return {(level.competency_id, level.number): str(level) for level in levels}


def groups_of(version: ProfileVersion | None, names: Names) -> list[GroupShown]:
    """The needs by group, in the order of the framework."""
    shown = [
        NeedShown(need.competency, need.level, _name(names, need), _levels(names, need.competency), need.weight)
        for need in needs_of(version)
    ]
    return [GroupShown(str(group), list(rows)) for group, rows in groupby(shown, key=lambda row: row.competency.group)]


def radar_of(versions: Sequence[tuple[str, ProfileVersion]], names: Names) -> dict[str, Any] | None:
    """The levels needed by each version, over everything that one of them asks; None when too little is asked."""
    asked = {need.competency.pk: need.competency for _name, version in versions for need in needs_of(version)}
    if len(asked) < FEWEST_AXES:
        return None
    axes = {str(each): _levels(names, each) for each in asked.values()}
    series = {}
    for name, version in versions:
        levels = {need.competency.pk: need.level for need in needs_of(version)}
        series[name] = [levels.get(pk, 0) for pk in asked]
    return charts.radar(axes, series)


def history_of(versions: Iterable[ProfileVersion], on: date) -> list[Step]:
    """All versions, loaded with their needs, the latest to begin first."""
    rows = sorted(versions, key=lambda row: (row.valid_from, row.number))
    standing = next((row for row in reversed(rows) if row.valid_from <= on), None)
    steps = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        before = needs_of(rows[index - 1]) if index else []
        steps.append(Step(row, _state(row, following, standing, on), changes(before, needs_of(row))))
    return steps[::-1]


def from_day(version: ProfileVersion) -> str:
    return _("From %(day)s") % {"day": date_format(version.valid_from, "SHORT_DATE_FORMAT")}


def _state(row: ProfileVersion, following: ProfileVersion | None, standing: ProfileVersion | None, on: date) -> str:
    if following and following.valid_from == row.valid_from:
        return "replaced"
    if row.valid_from > on:
        return "planned"
    return "standing" if standing and row.pk == standing.pk else "past"


def _name(names: Names, need: Any) -> str:
    return names.get((need.competency.pk, need.level), "")


def _levels(names: Names, competency: Competency) -> int:
    return sum(pk == competency.pk for pk, _number in names)
