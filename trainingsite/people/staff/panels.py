"""What higher apps show of a person: each registers panels, as on the home page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainingsite.core.registry import Registry
from trainingsite.people.models import User


@dataclass(frozen=True)
class Panel:
    """`context` is called with who looks, the person looked at, and the day; an empty dict hides the panel."""

    act: str
    template: str
    context: Callable[[User, User, date], dict[str, Any]]
    order: int = 100


PERSON_PANELS: Registry[Panel] = Registry("person panel")


@dataclass(frozen=True)
class Filled:
    template: str
    data: dict[str, Any]


def panels_for(viewer: User, person: User, day: date) -> list[Filled]:
    """The panels about `person` that `viewer` may see and that have something to say."""
    wanted = sorted((p for p in PERSON_PANELS.values() if viewer.may(p.act)), key=lambda panel: panel.order)
    filled = (Filled(panel.template, panel.context(viewer, person, day)) for panel in wanted)
    return [panel for panel in filled if panel.data]
