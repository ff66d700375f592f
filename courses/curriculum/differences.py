"""What a version has that the one before had not."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from courses.curriculum.drafts import units_of
from courses.curriculum.models import CourseVersion, Unit

# What each row has for itself, and what may differ between a unit and its copy without the unit being another.
_OWN = {"id", "created_at", "modified_at"}
_OF_UNIT = {"introduced_in", "removed_in", "replaces", "position"}
_ABOUT_PEOPLE = {"people.user", "courses.enrolment"}
# The fields of a row, and what lies below it by the name of the relation.
Content = tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]


@dataclass(frozen=True)
class Row:
    """A unit of a version, and what is new about it: "", new, changed or removed."""

    unit: Unit
    state: str = ""
    is_last: bool = False  # of those that the version has


@dataclass(frozen=True)
class Differences:
    """The units of a version beside those of the one before."""

    rows: list[Row] = field(default_factory=list)
    moved: bool = False

    def _of(self, state: str) -> list[Unit]:
        return [row.unit for row in self.rows if row.state == state]

    @property
    def new(self) -> list[Unit]:
        return self._of("new")

    @property
    def changed(self) -> list[Unit]:
        return self._of("changed")

    @property
    def removed(self) -> list[Unit]:
        return self._of("removed")

    @property
    def asked(self) -> list[Unit]:
        """What somebody who completed the version before has not learnt."""
        return self.new + self.changed

    def __bool__(self) -> bool:
        return self.moved or any(row.state for row in self.rows)


def differences(version: CourseVersion) -> Differences:
    """What `version` changed; nothing for the first, which has none before it."""
    units = units_of(version)
    if version.number == 1:
        return Differences(rows_of(units))
    earlier = version.course.versions.filter(number=version.number - 1).first()
    before = units_of(earlier or CourseVersion(course=version.course, number=version.number - 1))
    known = {unit.pk for unit in before}
    replaced = {unit.replaces_id for unit in units}
    rows = rows_of(units, known)
    rows += [Row(unit, "removed") for unit in before if not unit.is_in(version.number) and unit.pk not in replaced]
    return Differences(rows, _moved(before, units))


def rows_of(units: Sequence[Unit], known: Container[int | None] | None = None) -> list[Row]:
    """A row a unit; compared with the `known` ones of the version before, where that matters."""
    last = units[-1].pk if units else None
    return [Row(unit, "" if known is None else _state(unit, known), unit.pk == last) for unit in units]


def _state(unit: Unit, known: Container[int | None]) -> str:
    if unit.pk in known:
        return ""
    return "changed" if unit.replaces_id in known else "new"


def _moved(before: Iterable[Unit], units: Iterable[Unit]) -> bool:
    """Whether the units that both have stand in another order; a copy stands for what it replaces."""
    now = [unit.pk if unit.replaces_id is None else unit.replaces_id for unit in units]
    was = [unit.pk for unit in before]
    now = [pk if pk in was else unit.pk for pk, unit in zip(now, units, strict=True)]
    return [pk for pk in was if pk in now] != [pk for pk in now if pk in was]


def same_content(one: Unit, other: Unit) -> bool:
    """Whether two units say the same, with all that their kinds keep of them."""
    return _content(one) == _content(other)


def _content(row: models.Model, link: str = "") -> Content:
    """The fields of a row but `link`, and below it the rows that are part of it; never what people did with it.

    A part that belongs to another part (a question to its section) stands below that one too, without its id.
    """
    passed_over = _OWN | {link} | (_OF_UNIT if isinstance(row, Unit) else set())
    fields = [f for f in row._meta.concrete_fields if f.name not in passed_over and not _leads_to_part(f)]
    columns = [(f.name, repr(getattr(row, f.attname))) for f in fields]
    return sorted(columns), sorted((relation.name, _parts(row, relation)) for relation in _relations(row))


def _parts(row: models.Model, relation: Any) -> list[str]:
    link = relation.field.name
    found: models.QuerySet[Any] = models.QuerySet(relation.related_model)
    return sorted(repr(_content(part, link)) for part in found.filter(**{link: row.pk}))


def _relations(row: models.Model | type[models.Model]) -> list[Any]:
    return [
        relation for relation in row._meta.related_objects if relation.on_delete is models.CASCADE and _tells(relation)
    ]


def _leads_to_part(field: Any) -> bool:
    """Whether the field leads to another row of the same unit, which has an id of its own in each copy."""
    return field.is_relation and field.related_model in _models_of_parts()


@cache
def _models_of_parts() -> set[type[models.Model]]:
    """The models of the rows that units are made of."""
    found: set[type[models.Model]] = set()
    waiting: list[type[models.Model]] = [Unit]
    while waiting:
        parts = {relation.related_model for relation in _relations(waiting.pop())} - found
        found |= parts
        waiting += parts
    return found


def _tells(relation: Any) -> bool:
    """Whether the rows are what an author wrote, whose history is kept: no counts, and nothing of a person."""
    if not hasattr(relation.related_model, "pgh_event_model"):
        return False
    fields = relation.related_model._meta.concrete_fields
    named = {str(f.related_model._meta.label_lower) for f in fields if f.is_relation}
    return not _ABOUT_PEOPLE & named
