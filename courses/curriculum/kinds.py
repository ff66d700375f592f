"""The interface of a kind of unit; the app that owns the kind registers it (quizzes live in assessments)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise

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


@dataclass(frozen=True)
class UnitKind:
    """`assesses` marks what a refresher asks for; `study_url` leads the trainee, `edit_url` the author.

    `problems` says in words what keeps the course from being published (a quiz with no question).
    """

    label: str | Promise
    icon: str
    study_url: UrlOfLesson
    edit_url: UrlOfUnit
    problems: Problems
    assesses: bool = False


UNIT_KINDS: Registry[UnitKind] = Registry("unit kind")


def assessing_kinds() -> list[str]:
    """Names of the kinds that test what was learnt."""
    return [name for name, kind in UNIT_KINDS.items() if kind.assesses]
