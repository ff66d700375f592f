"""Write the coming runs of a rule as rows, and keep those that are only planned where the rule has them now."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from courses.refreshers.days import Run, off_days, runs_between
from courses.refreshers.models import TAKEN, Occurrence, Refresher, State
from courses.refreshers.whats import known
from courses.workdays.models import CompanyDay
from trainingsite.core.errors import Refused
from trainingsite.core.one_by_one import one_by_one

logger = logging.getLogger(__name__)
AHEAD = 92
DAY = timedelta(days=1)
BACK = timedelta(days=366)


def materialise(*, at: datetime, ahead: int = AHEAD) -> int:
    """Plan the runs of the next `ahead` days of every running rule; returns how many are new.

    A rule that another beat has just now is left to it; one that is broken is logged and holds up no other. Rules
    whose rows are as they should be cost no query of their own.
    """
    first, last = _window(at, ahead)
    off = off_days(first, last)
    rows = Prefetch("occurrences", Occurrence.objects.filter(planned_on__gte=first), to_attr="rows")
    running = Refresher.objects.running().prefetch_related(rows).order_by("pk")
    return one_by_one(running, lambda refresher: _planned_anew(refresher, at, ahead, off), what="refresher")


def _planned_anew(refresher: Any, at: datetime, ahead: int, off: Sequence[CompanyDay]) -> int:
    """Plan the runs of a rule with its prefetched `rows`, if any is missing or has moved."""
    try:
        runs = _runs(refresher, at, ahead, off)
    except Refused as refusal:
        logger.warning("refresher %s cannot be planned: %s", refresher.pk, refusal.code)
        return 0
    stale = _missing(refresher.rows, runs) or _moved(refresher.rows, runs)
    return _alone(refresher, at, ahead, off) if stale else 0


def _window(at: datetime, ahead: int) -> tuple[date, date]:
    today = timezone.localdate(at)
    return today - BACK, today + ahead * DAY


@transaction.atomic
def _alone(refresher: Refresher, at: datetime, ahead: int, known: Sequence[CompanyDay]) -> int:
    """Plan the runs of one rule unless somebody else does, or has changed or paused it meanwhile."""
    running = Refresher.objects.running().select_for_update(skip_locked=True)
    found = running.filter(pk=refresher.pk).first()
    return materialise_rule(found, at=at, ahead=ahead, known=known) if found else 0


def materialise_rule(
    refresher: Refresher, *, at: datetime, ahead: int = AHEAD, known: Sequence[CompanyDay] | None = None
) -> int:
    """Plan the runs of one rule, whose row is locked, up to `ahead` days from now; returns how many are new.

    Days that were planned before are not planned again, whatever became of them: skipped stays skipped. Runs that are
    only planned move along when days off were declared since. Days of an outage get their rows too, a year back.
    """
    first, last = _window(at, ahead)
    runs = _runs(refresher, at, ahead, off_days(first, last) if known is None else known)
    rows = list(refresher.occurrences.filter(planned_on__gte=first))
    for occurrence, run in _moved(rows, runs):
        _move_along(occurrence, run)
    return _add(refresher, _missing(rows, runs))


def _runs(refresher: Refresher, at: datetime, ahead: int, known: Sequence[CompanyDay]) -> list[Run]:
    first, last = _window(at, ahead)
    return runs_between(refresher, max(refresher.runs_from, first), last, known, lead=lead_of(refresher))


def _missing(rows: Sequence[Occurrence], runs: Sequence[Run]) -> list[Run]:
    """The runs that have no row yet."""
    planned = {row.planned_on for row in rows}
    return [run for run in runs if run.planned_on not in planned]


def _moved(rows: Sequence[Occurrence], runs: Sequence[Run]) -> list[tuple[Occurrence, Run]]:
    """The rows that are only planned and that the rule has on another day by now."""
    by_day = {run.planned_on: run for run in runs}
    planned = [row for row in rows if row.state == State.PLANNED and not row.by_hand and row.planned_on in by_day]
    both = [(row, by_day[row.planned_on]) for row in planned if row.planned_on]
    return [(row, run) for row, run in both if (run.on, run.due_on, run.opens_at) != (row.on, row.due_on, row.opens_at)]


def lead_of(refresher: Refresher) -> timedelta:
    """How long before its day beat opens a run: kinds that are planned ahead as soon as they are announced."""
    what = known(refresher.what)
    return refresher.announce_days * DAY if what and what.ahead else timedelta(0)


def _move_along(occurrence: Occurrence, run: Run) -> None:
    """Put a planned run on the day that the rule has for it now; a day that another run has is left to that."""
    others = Occurrence.objects.filter(refresher=occurrence.refresher_id, on=run.on).exclude(state=State.SKIPPED)
    if not others.exclude(pk=occurrence.pk).exists():
        Occurrence.objects.filter(pk=occurrence.pk, state=State.PLANNED, by_hand=False).update(
            on=run.on, due_on=run.due_on, opens_at=run.opens_at
        )


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
