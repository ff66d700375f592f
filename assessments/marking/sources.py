"""What else waits for the same people: every room whose work is marked in a queue of its own says so here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.functional import Promise

from assessments.marking.queue import to_mark
from trainingsite.core.registry import Registry
from trainingsite.people.models import User


@dataclass(frozen=True)
class Waiting:
    """How much waits for somebody, and since when the oldest does."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Source:
    """A queue: `waiting` counts what a person may mark there; `act` is what it takes to open it."""

    label: str | Promise
    icon: str
    url_name: str
    act: str
    waiting: Callable[[User], Waiting]

    @property
    def url(self) -> str:
        return reverse(self.url_name)


SOURCES: Registry[Source] = Registry("queue to mark")


def answers(user: User) -> Waiting:
    """The answers of quizzes."""
    found = to_mark(user).aggregate(count=Count("pk"), oldest=Min("attempt__submitted_at"))
    return Waiting(found["count"], found["oldest"])


def queues(user: User) -> list[tuple[Source, Waiting]]:
    """Every queue of the person with what waits in it."""
    return [(source, source.waiting(user)) for source in SOURCES.values() if user.may(source.act)]
