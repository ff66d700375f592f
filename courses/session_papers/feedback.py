"""What those who were at a session are asked afterwards: higher apps know how to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainingsite.core.registry import Registry

if TYPE_CHECKING:  # the sessions' forms offer what is registered here
    from courses.sessions.models import Session


@dataclass(frozen=True)
class FeedbackResults:
    """What came back: how many were asked and replied, the mean of the scales; `hidden` while too few replied."""

    asked: int
    replied: int
    mean: float | None = None
    best: int = 5
    hidden: bool = False
    url: str = ""

    @property
    def rate(self) -> float | None:
        return self.replied / self.asked if self.asked else None


@dataclass(frozen=True)
class Feedback:
    """A way of asking. `send` asks these people and returns how many; `results` is None when nobody was asked."""

    label: str | Promise
    send: "Callable[[Session, Sequence[int], datetime], int]"
    results: "Callable[[Session], FeedbackResults | None]"


FEEDBACK: Registry[Feedback] = Registry("feedback of sessions")


def feedback_choices() -> list[tuple[str, str | Promise]]:
    """For a form: nothing, or one of the registered ways."""
    return [("", _("No feedback is asked")), *((key, way.label) for key, way in FEEDBACK.items())]
