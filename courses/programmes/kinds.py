"""The interface of a kind of item of a programme; the app that owns the kind registers it (mentoring: pairings)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.utils.functional import Promise

from trainingsite.core.registry import Registry

if TYPE_CHECKING:
    from courses.programmes.models import Assignment, Item


@dataclass(frozen=True)
class Facts:
    """What an item is called, the minutes it takes, where it leads, and what keeps it from being published."""

    title: str
    minutes: int = 0
    url: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When a person has an item to do."""

    opens_on: date
    due_on: date


@dataclass(frozen=True)
class Cohort:
    """People who start on the same day and so have the same windows, one a stage (by its id)."""

    starts_on: date
    people: Sequence[int]
    windows: Mapping[int, Window]


class FactsOf(Protocol):
    def __call__(self, items: "Sequence[Item]") -> dict[int, Facts]: ...


class Give(Protocol):
    def __call__(
        self, assignment: "Assignment", items: "Sequence[Item]", cohorts: Sequence[Cohort], *, on: date
    ) -> int: ...


class Done(Protocol):
    def __call__(
        self, assignment: "Assignment", items: "Sequence[Item]", people: Collection[int], *, on: date
    ) -> dict[int, set[int]]: ...


class TakeBack(Protocol):
    def __call__(self, assignment: "Assignment", people: Collection[int], *, reason: str, at: datetime) -> None: ...


def nothing_given(
    assignment: "Assignment",  # noqa: ARG001 - the interface
    items: "Sequence[Item]",  # noqa: ARG001
    cohorts: Sequence[Cohort],  # noqa: ARG001
    *,
    on: date,  # noqa: ARG001
) -> int:
    """Of a kind that people have to come to by themselves."""
    return 0


def nothing_taken(assignment: "Assignment", people: Collection[int], *, reason: str, at: datetime) -> None:
    """Of a kind that gives nothing."""


def no_fields() -> dict[str, forms.Field]:
    return {}


class FieldsOf(Protocol):
    def __call__(self) -> dict[str, forms.Field]: ...


@dataclass(frozen=True)
class ItemKind:
    """All functions answer for many items at once, by the ids of items and of people.

    `fields` are the inputs of the editor: one named `object` is kept as the item's object, the others in its settings.
    `give` hands the items to people (and may be repeated without harm); `done` says who has done which of them;
    `take_back` ends what is still open when people leave.
    """

    label: str | Promise
    icon: str
    facts: FactsOf
    done: Done
    fields: FieldsOf = no_fields
    give: Give = nothing_given
    take_back: TakeBack = nothing_taken


ITEM_KINDS: Registry[ItemKind] = Registry("item kind")


def facts_of(items: "Sequence[Item]") -> dict[int, Facts]:
    """The facts of all the items, one question a kind; of a kind that is gone only its name."""
    found: dict[int, Facts] = {item.pk: Facts(item.kind) for item in items}
    for name, kind in ITEM_KINDS.items():
        if mine := [item for item in items if item.kind == name]:
            found |= kind.facts(mine)
    return found


def cleaned_settings(values: dict[str, Any]) -> tuple[int | None, dict[str, Any]]:
    """What the editor's inputs clean to, as an item keeps it: the object's id and the settings."""
    chosen = values.pop("object", None)
    settings = {name: value.strftime("%H:%M") if isinstance(value, time) else value for name, value in values.items()}
    return getattr(chosen, "pk", chosen), settings
