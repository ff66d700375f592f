"""What the page of a session consists of: each room plugs in its part."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from courses.sessions.models import Session
from trainingsite.core.registry import Registry
from trainingsite.people.models import User


@dataclass(frozen=True)
class SessionPanel:
    """A part of the page, by `order` from the top: its template reads `panel.data`, besides `session` and `user`.

    `context` gives the data for this session and whoever looks, None when there is nothing for them. `scripts` and
    `styles` are static files that it needs.
    """

    order: int
    template: str
    context: Callable[[Session, User], dict[str, Any] | None]
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A part as it is shown to somebody."""

    key: str
    panel: SessionPanel
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return self.panel.template


SESSION_PANELS: Registry[SessionPanel] = Registry("part of a session's page")


def panels_of(session: Session, user: User) -> list[Shown]:
    """The parts that there are for this person, from the top down."""
    ordered = sorted(SESSION_PANELS.items(), key=lambda item: item[1].order)
    asked = ((key, panel, panel.context(session, user)) for key, panel in ordered)
    return [Shown(key, panel, data) for key, panel, data in asked if data is not None]


def files_of(panels: list[Shown]) -> dict[str, list[str]]:
    """The scripts and styles that these parts need, each once."""
    scripts = dict.fromkeys(name for shown in panels for name in shown.panel.scripts)
    styles = dict.fromkeys(name for shown in panels for name in shown.panel.styles)
    return {"panel_scripts": list(scripts), "panel_styles": list(styles)}
