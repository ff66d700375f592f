"""What beat does with runs: announces, opens and closes them, each once, whatever was missed.

A run that beat missed is opened as long as somebody can still do it: until the end of its due day; a session until it
begins. What is over by then is kept as skipped, so that it can be seen that it is missing.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.audiences.actions import people_matching
from courses.refreshers.materialising import materialise
from courses.refreshers.models import MISSED, Occurrence, OccurrenceQuerySet, State
from courses.refreshers.notices import announced_to, tell_announced, tell_called_off, tell_opened, tell_problem
from courses.refreshers.whats import known, what_of
from trainingsite.core.errors import Refused
from trainingsite.core.one_by_one import one_by_one

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)
LONGEST_LEAD = timedelta(days=90)


def beat(*, at: datetime) -> int:
    """All that is due now, in the order in which one follows from the other; returns how many runs have opened."""
    materialise(at=at)
    close_due(at=at)
    announce_due(at=at)
    return open_due(at=at)


def open_due(*, at: datetime) -> int:
    """Open every run whose moment has come, of a refresher the latest first; returns how many.

    A run that cannot open (its course was retired, a room is taken) keeps the reason and does not hold up the others;
    it is tried again at the next beat.
    """
    due = _of_running().filter(opens_at__lte=at).order_by("-opens_at", "pk")
    return _each(due, lambda occurrence: _open_or_leave(occurrence, at))


def _of_running() -> OccurrenceQuerySet:
    return Occurrence.objects.to_come().filter(refresher__paused_at=None)


def _each(found: OccurrenceQuerySet, act: Callable[[Occurrence], bool]) -> int:
    """Do it for each, in a transaction of its own, with the row locked; what another beat has is left to it."""

    @transaction.atomic
    def alone(pk: int) -> int:
        locked = found.order_by().filter(pk=pk).select_related("refresher__audience", "refresher__course")
        occurrence = locked.select_for_update(of=("self",), skip_locked=True).first()
        return int(act(occurrence)) if occurrence else 0

    return one_by_one(found.values_list("pk", flat=True), alone, what="run")


def _open_or_leave(occurrence: Occurrence, at: datetime) -> bool:
    if is_over(occurrence, at):
        skip_missed(occurrence, at)
        return False
    try:
        with transaction.atomic():
            open_run(occurrence, at=at)
    except Refused as refusal:
        leave(occurrence, refusal, at)
        return False
    return True


def is_over(occurrence: Occurrence, at: datetime) -> bool:
    """Whether nobody can do it any more: its due day has passed; what is planned ahead has begun."""
    if what_is_ahead(occurrence):
        return occurrence.begins_at <= at
    return occurrence.due_on < timezone.localdate(at)


def what_is_ahead(occurrence: Occurrence) -> bool:
    """Whether its kind is planned ahead of the day."""
    what = known(occurrence.refresher.what)
    return what is not None and what.ahead


def skip_missed(occurrence: Occurrence, at: datetime) -> None:
    """Keep a run that is over as skipped, with why it could not open."""
    reason = occurrence.problem or MISSED
    occurrence.save_only(state=State.SKIPPED, skipped_reason=reason[:200])
    if occurrence.announced_at:
        tell_called_off(occurrence, announced_to(occurrence))
    logger.warning("run %s of refresher %s was missed at %s", occurrence.pk, occurrence.refresher_id, at)


def leave(occurrence: Occurrence, refusal: Refused, at: datetime) -> None:
    """Keep in words why it cannot open; HR hears of each reason once a day."""
    said = str(refusal.message)[:300]
    logger.warning("run %s of refresher %s cannot open: %s", occurrence.pk, occurrence.refresher_id, refusal.code)
    occurrence.refresh_from_db()
    if said != occurrence.problem:
        occurrence.save_only(problem=said)
        tell_problem(occurrence, said, on=timezone.localdate(at))


def open_run(occurrence: Occurrence, *, at: datetime) -> int:
    """Open this run, whose row is locked, for everybody who belongs to the audience now.

    Returns how many people got something new.
    """
    refresher = occurrence.refresher
    what = what_of(refresher.what)
    people = list(
        people_matching(refresher.audience.conditions, on=timezone.localdate(at)).values_list("pk", flat=True)
    )
    occurrence.save_only(state=State.OPEN, opened_at=at, reached=len(people), problem="")
    occurrence.save_only(enrolled=what.open(occurrence, people, at=at))
    if not what.ahead:
        tell_opened(occurrence, what.unfinished(occurrence))
    return occurrence.enrolled


def announce_due(*, at: datetime) -> int:
    """Tell the audiences of the runs that come, as long before as their rules say; returns how many runs."""
    coming = _of_running().filter(state=State.PLANNED, opens_at__gt=at, opens_at__lte=at + LONGEST_LEAD)
    return _each(coming.filter(refresher__announce_days__gt=0), lambda occurrence: _announce(occurrence, at))


def is_announced_by(occurrence: Occurrence, at: datetime) -> bool:
    """Whether its announcement has come by then."""
    return at >= occurrence.begins_at - occurrence.refresher.announce_days * DAY


def _announce(occurrence: Occurrence, at: datetime) -> bool:
    refresher = occurrence.refresher
    if what_is_ahead(occurrence) or not is_announced_by(occurrence, at):
        return False
    try:
        people = people_matching(refresher.audience.conditions, on=timezone.localdate(at))
    except Refused:
        return False
    occurrence.save_only(state=State.ANNOUNCED, announced_at=at)
    tell_announced(occurrence, people.order_by("pk").values_list("pk", flat=True))
    return True


def close_due(*, at: datetime) -> int:
    """Close the runs whose due day has passed; who is late may still finish. Returns how many."""
    over = Occurrence.objects.filter(state=State.OPEN, due_on__lt=timezone.localdate(at))
    return over.update(state=State.CLOSED, closed_at=at)
