"""A mentor's mentees and a mentee's mentor, for their pages and for the first page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from mentoring.checkins.models import CheckIn
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User


@dataclass(frozen=True)
class Talks:
    """The talks of a pairing: the planned one, and those that were held, the newest first."""

    planned: CheckIn | None
    held: list[CheckIn]
    day: date

    @property
    def overdue(self) -> bool:
        return self.planned is not None and self.planned.is_overdue(self.day)


def talks_of(pairing: Pairing, *, on: date) -> Talks:
    """Everything that the pairing's page and "My mentor" show of check-ins; two queries."""
    rows = list(pairing.checkins.newest_first().prefetch_related("next_steps"))
    planned = next((row for row in rows if row.held_on is None), None)
    return Talks(planned, [row for row in rows if row.held_on is not None], on)


@dataclass(frozen=True)
class Mentee:
    """One mentee of a mentor: the planned check-in and the last one that was held."""

    pairing: Pairing
    next_due_on: date | None
    last: CheckIn | None
    day: date

    @property
    def is_overdue(self) -> bool:
        return self.next_due_on is not None and self.next_due_on < self.day

    @property
    def last_said(self) -> str:
        """What was agreed on last: the first next step, else the note for both, else how it goes."""
        if self.last is None:
            return ""
        steps = [step.text for step in self.last.next_steps.all()]
        return (steps[0] if steps else self.last.shared_note) or self.last.get_progress_display()

    @property
    def needs_me_this_week(self) -> bool:
        """Due by Sunday, overdue, or nothing planned at all."""
        return self.next_due_on is None or self.next_due_on.toordinal() <= self.day.toordinal() + 6 - self.day.weekday()

    @property
    def week(self) -> int:
        """The week of the pairing, from 1."""
        return max(0, (self.day - self.pairing.started_on).days) // 7 + 1


def mentees_of(mentor: User, *, on: date) -> list[Mentee]:
    """The mentor's open pairings, the most urgent first; two queries."""
    held = CheckIn.objects.held().order_by("pairing", "-held_on").distinct("pairing").prefetch_related("next_steps")
    pairings: Any = (
        Pairing.objects.open()
        .filter(mentor=mentor)
        .with_next_checkin()
        .by_need()
        .select_related("mentee__department")
        .prefetch_related(Prefetch("checkins", held, to_attr="last_held"))
    )
    return [Mentee(p, p.next_due_on, p.last_held[0] if p.last_held else None, on) for p in pairings]


def mentor_of(mentee: User) -> Pairing | None:
    """The mentee's open pairing with `next_due_on`; one query."""
    pairings = Pairing.objects.open().filter(mentee=mentee).with_next_checkin()
    return pairings.select_related("mentor__department").first()
