"""On which days people are away, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from mentoring.availability.reading import Spans, spans_away
from mentoring.pairings.models import Pairing

USUAL_GAP = timedelta(days=7)
LOOKS_AHEAD = timedelta(days=28)
DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Absences:
    """The days away of some people between two days."""

    spans: Spans

    @classmethod
    def of(cls, people: Iterable[int], first: date, last: date) -> Self:
        """One query."""
        return cls(spans_away(people, first, last))

    def away(self, person_id: int, day: date) -> bool:
        return any(begin <= day <= end for begin, end in self.spans.get(person_id, ()))

    def back(self, person_id: int, day: date) -> date:
        """The first day from `day` on on which the person is there."""
        for begin, end in sorted(self.spans.get(person_id, ())):
            if begin <= day <= end:
                day = end + DAY
        return day


def next_day(pairing: Pairing, *, on: date) -> date:
    """The day proposed for the next check-in: a week later, on a workday on which both are there."""
    first = on + USUAL_GAP
    both = (pairing.mentor_id, pairing.mentee_id)
    absences = Absences.of(both, first, first + LOOKS_AHEAD)
    days = (first + number * DAY for number in range(LOOKS_AHEAD.days))
    free = (day for day in days if day.weekday() < SATURDAY and not any(absences.away(pk, day) for pk in both))
    return next(free, first)
