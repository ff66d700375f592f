"""What can come again: the interface of a kind of refresher; the room that owns the kind registers it.

`quiz` and `course` stand in `course_runs`, `session` in `session_runs`; assessments register questions that a group
misses most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused
from trainingsite.core.registry import Registry

if TYPE_CHECKING:
    from courses.refreshers.models import Occurrence, Refresher


@dataclass(frozen=True)
class Result:
    """What came of a run: how many people it has, how many are done; how many passed, where that is more than done."""

    total: int = 0
    done: int = 0
    passed: int | None = None

    @property
    def percent(self) -> int | None:
        """How many in a hundred are done; None while nobody is in it."""
        return round(100 * self.done / self.total) if self.total else None

    @property
    def passed_percent(self) -> int | None:
        """How many in a hundred of those who are done have passed."""
        return round(100 * self.passed / self.done) if self.passed is not None and self.done else None


class Open(Protocol):
    def __call__(self, occurrence: "Occurrence", people_ids: Sequence[int], /, *, at: datetime) -> int: ...


class Results(Protocol):
    def __call__(self, occurrences: "Sequence[Occurrence]", /) -> dict[int, Result]: ...


class Unfinished(Protocol):
    def __call__(self, occurrence: "Occurrence", /) -> list[tuple[int, str]]: ...


class Minutes(Protocol):
    def __call__(self, refresher: "Refresher", /) -> int: ...


class Fields(Protocol):
    def __call__(self) -> dict[str, forms.Field]: ...


class Check(Protocol):
    def __call__(self, cleaned: Mapping[str, Any], /) -> object: ...


class About(Protocol):
    def __call__(self, refresher: "Refresher", /) -> str: ...


class Links(Protocol):
    def __call__(self, occurrences: "Sequence[Occurrence]") -> dict[int, str]: ...


def no_links(occurrences: "Sequence[Occurrence]") -> dict[int, str]:  # noqa: ARG001 - called by name or not
    """A kind whose runs have no page of their own."""
    return {}


def no_fields() -> dict[str, forms.Field]:
    """A kind that asks for nothing."""
    return {}


def nothing_wrong(_cleaned: Mapping[str, Any]) -> None:
    """A kind that refuses nothing."""


def no_minutes(_refresher: "Refresher") -> int:
    return 0


@dataclass(frozen=True)
class What:
    """A kind of refresher.

    `open` gives the run to these people, inside the transaction, and returns how many got something new; a Refused
    stands at the run as its problem and is tried again at the next beat. `results` counts for many runs at once.
    `unfinished` are those who still have to do it, each with the page on which to do it. `fields` are asked by the
    form of a rule: `course` and `template` are fields of the refresher, all others its `settings`, kept as JSON;
    `check` refuses what means nothing. `about` is what it is about in words. `links` are the
    pages on which the people of runs are seen. A kind that is planned `ahead` opens its
    run `announce_days` before the day, tells people itself, and is due on the day.
    """

    label: str | Promise
    icon: str
    open: Open
    results: Results
    unfinished: Unfinished
    about: About
    minutes: Minutes = no_minutes
    fields: Fields = no_fields
    check: Check = nothing_wrong
    links: Links = no_links
    ahead: bool = False


WHATS: Registry[What] = Registry("kind of refresher")


def known(key: str) -> What | None:
    """The kind of this name; None when the app that had it is gone."""
    return WHATS[key] if key in WHATS else None  # noqa: SIM401 - a registry is no dict


def what_of(key: str) -> What:
    """The kind of this name; refused when nothing here has it (any more)."""
    if key not in WHATS:
        raise Refused(_("Nothing here knows what this refresher is."), field="what", code="what_unknown")
    return WHATS[key]


def links_of(occurrences: "Sequence[Occurrence]") -> dict[int, str]:
    """The pages of these runs, by their ids: at most a query a kind. Their refreshers are loaded."""
    found: dict[int, str] = {}
    for key in {each.refresher.what for each in occurrences} & set(WHATS):
        found |= WHATS[key].links([each for each in occurrences if each.refresher.what == key])
    return found


def results_of(occurrences: "Sequence[Occurrence]") -> dict[int, Result]:
    """What came of these runs, by their ids: a few queries a kind. Their refreshers are loaded."""
    found: dict[int, Result] = {}
    for key in {each.refresher.what for each in occurrences} & set(WHATS):
        found |= WHATS[key].results([each for each in occurrences if each.refresher.what == key])
    return {each.pk: found.get(each.pk, Result()) for each in occurrences}
