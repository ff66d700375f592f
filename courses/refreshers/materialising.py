"""Write the coming runs of a rule as rows, and keep those that are only planned where the rule has them now."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.refreshers.days import Run, off_days, runs_between
from courses.refreshers.models import TAKEN, Occurrence, Refresher, State
from courses.refreshers.whats import WHATS
from courses.workdays.models import CompanyDay
from trainingsite.core.errors import Refused

logger = logging.getLogger(__name__)
AHEAD = 92
DAY = timedelta(days=1)
BACK = timedelta(days=366)


def materialise(*, at: datetime, ahead: int = AHEAD) -> int:
    """Plan the runs of the next `ahead` days of every running rule; returns how many are new.

    A rule that another beat has just now is left to it; one that is broken is logged and holds up no other.
    """
    today = timezone.localdate(at)
    known = off_days(today - BACK, today + ahead * DAY)
    made = 0
    for pk in Refresher.objects.running().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            running = Refresher.objects.running().select_for_update(skip_locked=True)
            if refresher := running.filter(pk=pk).first():
                made += _try(refresher, known, at=at, ahead=ahead)
    return made


def _try(refresher: Refresher, known: Sequence[CompanyDay], *, at: datetime, ahead: int) -> int:
    try:
        return materialise_rule(refresher, at=at, ahead=ahead, known=known)
    except Refused as refusal:
        logger.warning("refresher %s cannot be planned: %s", refresher.pk, refusal.code)
        return 0


def materialise_rule(
    refresher: Refresher, *, at: datetime, ahead: int = AHEAD, known: Sequence[CompanyDay] | None = None
) -> int:
    """Plan the runs of one rule, whose row is locked, up to `ahead` days from now; returns how many are new.

    Days that were planned before are not planned again, whatever became of them: skipped stays skipped. Runs that are
    only planned move along when days off were declared since. Days of an outage get their rows too, a year back.
    """
    today = timezone.localdate(at)
    first, last = max(refresher.runs_from, today - BACK), today + ahead * DAY
    around = off_days(first, last) if known is None else known
    runs = runs_between(refresher, first, last, around, lead=lead_of(refresher))
    rows = list(refresher.occurrences.filter(planned_on__gte=first))
    _move_along([row for row in rows if row.state == State.PLANNED and not row.by_hand], runs)
    planned = {row.planned_on for row in rows}
    return _add(refresher, [run for run in runs if run.planned_on not in planned])


def lead_of(refresher: Refresher) -> timedelta:
    """How long before its day beat opens a run: kinds that are planned ahead as soon as they are announced."""
    ahead = refresher.what in WHATS and WHATS[refresher.what].ahead
    return refresher.announce_days * DAY if ahead else timedelta(0)


def _move_along(planned: Sequence[Occurrence], runs: Sequence[Run]) -> None:
    """Put planned runs on the days that the rule has for them now; a day that another run has is left to that."""
    by_day = {run.planned_on: run for run in runs}
    for occurrence in planned:
        run = by_day.get(occurrence.planned_on) if occurrence.planned_on else None
        if run is None or (run.on, run.due_on, run.opens_at) == (occurrence.on, occurrence.due_on, occurrence.opens_at):
            continue
        taken = Occurrence.objects.filter(refresher=occurrence.refresher_id, on=run.on).exclude(pk=occurrence.pk)
        if not taken.exclude(state=State.SKIPPED).exists():
            occurrence.save_only(on=run.on, due_on=run.due_on, opens_at=run.opens_at)


def _add(refresher: Refresher, runs: Sequence[Run]) -> int:
    """The rows of these runs; the database leaves out days that have theirs.

    A run that was shifted to the day of another one is kept as skipped, so that everybody sees why it is missing.
    """
    if not runs:
        return 0
    before = refresher.occurrences.count()
    _insert([_row(refresher, run) for run in runs])
    _insert([_row(refresher, run, state=State.SKIPPED, skipped_reason=TAKEN) for run in runs])
    return refresher.occurrences.count() - before


def _row(refresher: Refresher, run: Run, **fields: Any) -> Occurrence:
    days = {"planned_on": run.planned_on, "on": run.on, "due_on": run.due_on, "opens_at": run.opens_at}
    return Occurrence(refresher=refresher, **days, **fields)


def _insert(rows: Sequence[Occurrence]) -> None:
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
