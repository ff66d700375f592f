"""What is known of somebody's attendance, and how it is said."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from courses.sessions.models import Noted, SessionPlace


class Presence(models.TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")


BARE = frozenset({"leave", "excused", "请假", "請假"})  # kept as the reason of who was excused without one
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
    left: int
    absent: int
    excused: int

    @property
    def open(self) -> int:
        return self.expected - self.present - self.absent - self.excused

    @property
    def share(self) -> float | None:
        """Of those who were expected, how many came."""
        return self.present / self.expected if self.expected else None

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


def reason_of(place: SessionPlace) -> str:
    """Why somebody was excused; "" when nobody said."""
    return "" if place.excused_reason in BARE else place.excused_reason


def count(places: QuerySet[SessionPlace]) -> Count:
    """The numbers of a roster."""
    here, silent = Q(attended_at__isnull=False), Q(attended_at=None) & ~Q(noted_by=Noted.NOT)
    numbers = places.order_by().aggregate(
        expected=models.Count("pk"),
        present=models.Count("pk", filter=here),
        late=models.Count("pk", filter=here & Q(late_minutes__gt=0)),
        left=models.Count("pk", filter=here & Q(left_early_minutes__gt=0)),
        absent=models.Count("pk", filter=silent & Q(excused_reason="")),
        excused=models.Count("pk", filter=silent & ~Q(excused_reason="")),
    )
    return Count(**numbers)
