"""What is known of somebody's attendance, and how it is said."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from courses.sessions.models import Noted, SessionPlace


class Presence(models.TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")


LEVELS = {Presence.PRESENT: "good", Presence.ABSENT: "bad", Presence.EXCUSED: "info"}


@dataclass(frozen=True)
class Fact:
    """What somebody notes about a person. Minutes that are None stay as they are; 0 takes them away."""

    person_id: int
    presence: Presence
    late: int | None = None
    left: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Count:
    """How far a roster is."""

    expected: int
    present: int
    late: int
    absent: int
    excused: int

    @property
    def open(self) -> int:
        return self.expected - self.present - self.absent - self.excused

    @property
    def finished(self) -> bool:
        return bool(self.expected) and not self.open


def presence_of(place: SessionPlace) -> Presence | None:
    """What was noted; None when nothing was."""
    if place.attended_at:
        return Presence.PRESENT
    if place.noted_by == Noted.NOT:
        return None
    return Presence.EXCUSED if place.excused_reason else Presence.ABSENT


def count(places: Iterable[SessionPlace]) -> Count:
    """The numbers of a roster that has been read."""
    places = list(places)
    seen = [presence_of(place) for place in places]
    numbers = (seen.count(each) for each in (Presence.ABSENT, Presence.EXCUSED))
    late = sum(1 for place in places if place.attended_at and place.late_minutes)
    return Count(len(places), seen.count(Presence.PRESENT), late, *numbers)
