"""The first page: each app registers panels, a person sees those of the own roles, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Panel:
    """`context` is called with the person and the day; an empty dict hides the panel. `wide` spans both columns."""

    act: str
    template: str
    context: Callable[[Any, date], dict[str, Any]]
    order: int = 100
    wide: bool = False


PANELS: Registry[Panel] = Registry("home panel")


@dataclass(frozen=True)
class Filled:
    template: str
    wide: bool
    data: dict[str, Any]


def panels_for(user: Any, day: date) -> list[Filled]:
    """The panels that `user` may see and that have something to say on `day`."""
    wanted = sorted((p for p in PANELS.values() if user.may(p.act)), key=lambda panel: panel.order)
    filled = (Filled(panel.template, panel.wide, panel.context(user, day)) for panel in wanted)
    return [panel for panel in filled if panel.data]
