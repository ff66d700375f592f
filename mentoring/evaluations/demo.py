"""What mentors and mentees of the demo company say of each other at half-time and at the end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from random import Random
from typing import Any

from mentoring.evaluations.actions import evaluate
from mentoring.evaluations.due import half_time
from mentoring.evaluations.models import ASKED, Moment
from mentoring.job_plans.demo import Event
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.people.demo import moment, read

DAY = timedelta(days=1)
PASSES = 3  # the stars that the mentor gives at least to whoever graduates


@cache
def _texts() -> dict[str, Any]:
    found: dict[str, Any] = read("mentoring_pairs")["evaluations"]
    return found


def words(pairing: Pairing, when: Moment, day: date, chance: Random) -> Iterator[Event]:
    """Both say something on the day, the mentee first."""
    texts = _texts()
    for side, hour in ((Side.MENTEE, 11), (Side.MENTOR, 15)):
        said = chance.choice([row for row in texts[side][when] if side == Side.MENTEE or row["stars"] >= PASSES])
        yield Event(day, hour, partial(_say, pairing, side, when, said, moment(day, hour, 20)))


def at_half_time(pairing: Pairing, chance: Random) -> Iterator[Event]:
    middle = half_time(pairing)
    if middle is not None:
        day = max(middle + chance.randint(0, 2) * DAY, pairing.started_on)
        yield from words(pairing, Moment.HALF_TIME, day, chance)


def _say(pairing: Pairing, side: Side, when: Moment, said: dict[str, Any], at: datetime) -> None:
    evaluate(
        pairing,
        side,
        when,
        stars=said["stars"],
        marks=dict(zip(ASKED[side], said["marks"], strict=True)),
        text=said["text"],
        by=pairing.mentor if side == Side.MENTOR else pairing.mentee,
        at=at,
        on=at.date(),
    )
