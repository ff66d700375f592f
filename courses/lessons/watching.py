"""What was really played: progress is no faster than the clock, leaves out what was skipped, and counts once.

A beat tells that a stretch of the recording was played just before its moment. So it also claims a stretch of the
clock. Of that, only what no other beat has claimed counts, and it pays for twice its length of the recording at most.
Beats may thus come late, twice or in any order, from any number of devices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from courses.curriculum.models import Unit
from courses.enrolment.actions import complete_unit, open_unit
from courses.enrolment.models import Enrolment
from courses.lessons.models import Recording, WatchProgress
from courses.lessons.stretches import fewer, first_of, joined, length, without

MAX_SPEED = 2.0
MIN_SPEED = 0.25
EARLIER = 1000  # milliseconds: beats arrive sooner or later by the network's whim, so each may claim a little more
CARRIED = 2000  # milliseconds of the recording that the clock has paid for and a later beat may still use
MOST_PAUSES = 200  # stretches of the clock that are kept apart
END_SLACK = 500  # milliseconds that players may stop before the end
SECOND = 1000


@dataclass(frozen=True)
class Beat:
    """From where to where something was played, how fast, and how many seconds ago that ended."""

    from_s: float
    to_s: float
    rate: float = 1.0
    ago_s: float = 0.0


@transaction.atomic
def record_watch(
    enrolment: Enrolment, unit: Unit, *, from_s: float, to_s: float, rate: float, at: datetime
) -> WatchProgress:
    """Note that the recording was played from `from_s` to `to_s`, until `at`; completes the unit when it is enough.

    Nothing is refused: what the clock does not allow for is left out. `from_s` = `to_s` only moves the place to resume.
    """
    found = _locked(enrolment, unit, at)
    recording = Recording.objects.get(unit=unit)
    end = _ms(recording.seconds or 0)
    played = [min(max(_ms(from_s), 0), end), min(max(_ms(to_s), 0), end)]
    if played[1] > played[0]:
        _credit(found, played, rate, at)
    if at >= found.beat_at:
        found.beat_at, found.position_seconds = at, played[1] / SECOND
        found.rate = min(max(rate, MIN_SPEED), MAX_SPEED)
    found.save(update_fields=["watched", "clock", "beat_at", "position_seconds", "rate"])
    if is_enough(found, recording):
        complete_unit(enrolment, unit, at=at)
    return found


@transaction.atomic
def record_beats(enrolment: Enrolment, unit: Unit, beats: Iterable[Beat], *, now: datetime) -> WatchProgress:
    """Note several beats, each at its own moment: those that a browser kept while it had no connection."""
    progress = _locked(enrolment, unit, now)
    for beat in sorted(beats, key=lambda beat: -beat.ago_s):
        at = max(now - timedelta(seconds=max(beat.ago_s, 0)), progress.began_at)
        progress = record_watch(enrolment, unit, from_s=beat.from_s, to_s=beat.to_s, rate=beat.rate, at=at)
    return progress


@transaction.atomic
def begin_watching(enrolment: Enrolment, unit: Unit, *, at: datetime) -> WatchProgress:
    """The person's place in the recording; from now on the clock can pay for what is played."""
    return _locked(enrolment, unit, at)


def percent(progress: WatchProgress, recording: Recording) -> int:
    """How much of the recording was played."""
    whole = _ms(recording.seconds or 0)
    return min(length(progress.watched) * 100 // whole, 100) if whole else 0


def is_enough(progress: WatchProgress, recording: Recording) -> bool:
    """Whether the share that the unit asks for was played."""
    whole = _ms(recording.seconds or 0)
    needed = min(whole * recording.watch_percent / 100, whole - END_SLACK)
    return whole > 0 and length(progress.watched) >= max(needed, 1)


def _credit(progress: WatchProgress, played: list[int], rate: float, at: datetime) -> None:
    """Add what is new in `played`, as far as the clock pays for it."""
    taken = round((played[1] - played[0]) / min(max(rate, MIN_SPEED), MAX_SPEED)) + EARLIER
    until = max(_since(progress.began_at, at), 0)
    # One stretch only: playing goes on without a break, so what lies before other beats was not this one's.
    free = without([max(until - taken, 0), until], progress.clock)[-1:]
    left = int(length(progress.clock) * MAX_SPEED) - length(progress.watched)
    paid = int(length(free) * MAX_SPEED) + max(min(left, CARRIED, length(free)), 0)
    if new := first_of(without(played, progress.watched), paid):
        progress.watched = joined([*progress.watched, *new])
        progress.clock = fewer(joined([*progress.clock, *free]), MOST_PAUSES)


def _since(begin: datetime, moment: datetime) -> int:
    return int((moment - begin).total_seconds() * SECOND)


def _ms(seconds: float) -> int:
    return round(seconds * SECOND)


def _locked(enrolment: Enrolment, unit: Unit, at: datetime) -> WatchProgress:
    """The person's row, locked, made at the first time; the clock runs from when the unit was opened first."""
    opened = open_unit(enrolment, unit, at=at).opened_at
    begin = min(opened, at)
    WatchProgress.objects.get_or_create(enrolment=enrolment, unit=unit, defaults={"began_at": begin, "beat_at": begin})
    return WatchProgress.objects.select_for_update().get(enrolment=enrolment, unit=unit)
