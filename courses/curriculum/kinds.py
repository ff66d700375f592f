"""The interface of a kind of unit; the app that owns the kind registers it (quizzes live in assessments)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trainingsite.core.registry import Registry

if TYPE_CHECKING:
    from courses.curriculum.models import Unit
    from courses.enrolment.models import Enrolment


class UrlOfUnit(Protocol):
    def __call__(self, unit: "Unit") -> str: ...


class UrlOfLesson(Protocol):
    def __call__(self, unit: "Unit", enrolment: "Enrolment") -> str: ...


class Problems(Protocol):
    def __call__(self, unit: "Unit") -> list[str]: ...


def copy_nothing(_old: "Unit", _new: "Unit") -> None:
    """For kinds that keep nothing beside the unit."""


def when_done(_unit: "Unit") -> str:
    """The rule of kinds that do not say more."""
    return _("done when finished")


@dataclass(frozen=True)
class UnitKind:
    """`assesses` marks what a refresher asks for; `study_url` leads the trainee, `edit_url` the author.

    `problems` says in words what keeps the course from being published (a quiz with no question). `copy` gives the
    second unit, made for a new version, all that the kind keeps of the first. `rule` says what completes the unit;
    `beside` names the one-to-one rows of the unit that it reads, so that a list loads them at once.
    """

    label: str | Promise
    icon: str
    study_url: UrlOfLesson
    edit_url: UrlOfUnit
    problems: Problems
    assesses: bool = False
    copy: Callable[["Unit", "Unit"], None] = copy_nothing
    rule: Callable[["Unit"], str] = when_done
    beside: tuple[str, ...] = ()


UNIT_KINDS: Registry[UnitKind] = Registry("unit kind")


def assessing_kinds() -> list[str]:
    """Names of the kinds that test what was learnt."""
    return [name for name, kind in UNIT_KINDS.items() if kind.assesses]
