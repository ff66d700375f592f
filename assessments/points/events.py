"""What earns ability points: each kind of event is registered by the app that knows of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trainingsite.core.registry import Registry

Text = str | Promise
GIVEN, EXTERNAL = "given", "external"


class Suggested(NamedTuple):
    """What a rule of the event could begin with."""

    points: int
    half_life_days: int | None


@dataclass(frozen=True)
class Event:
    """A kind of event. `once` says how often it earns; `competency` whose share of the role profile it is weighed by.

    `link` leads whoever looks at an entry to what it was for ("" when there is nothing to see), `named` says in the
    reader's language what that was. A client may report events only where it is `by_client`.
    """

    label: Text
    icon: str
    once: Text
    competency: Text = ""
    suggested: Suggested = field(default=Suggested(10, 365))
    link: Callable[[Any, Any], str] = lambda _entry, _viewer: ""
    named: Callable[[Any], str] = lambda entry: entry.title
    by_client: bool = False
    order: int = 100


EVENTS: Registry[Event] = Registry("event that earns points")


def in_order() -> dict[str, Event]:
    """All events by name, in the order of the pages."""
    return dict(sorted(EVENTS.items(), key=lambda item: (item[1].order, item[0])))


def label_of(event: str) -> Text:
    """The event's label; of one that nobody registers any more its name."""
    return EVENTS[event].label if event in EVENTS else event


def title_of(entry: Any) -> str:
    """What the entry was for; its title where nobody says more."""
    return EVENTS[entry.event].named(entry) if entry.event in EVENTS else entry.title


def icon_of(event: str) -> str:
    return EVENTS[event].icon if event in EVENTS else "point"


EVENTS.register(
    GIVEN,
    Event(
        pgettext_lazy("points", "Given by hand"),
        "heart",
        pgettext_lazy("points", "By HR or a supervisor, with a reason; the rule states the most for one gift"),
        suggested=Suggested(50, 180),
        order=80,
    ),
)
EVENTS.register(
    EXTERNAL,
    Event(
        pgettext_lazy("points", "Reported by another system"),
        "plug",
        pgettext_lazy("points", "Once for each key that the system sends"),
        competency=pgettext_lazy("points", "The competency that the system names"),
        suggested=Suggested(10, 180),
        by_client=True,
        order=90,
    ),
)
