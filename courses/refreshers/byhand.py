"""What HR does with single runs: leaves one out, moves one, runs one now. The reason is always kept."""

from copy import copy
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.refreshers.days import run_on, working_day
from courses.refreshers.materialising import lead_of
from courses.refreshers.models import TO_COME, Occurrence, Refresher, State
from courses.refreshers.notices import announced_to, tell_called_off, tell_moved
from courses.refreshers.rules import reason_given
from courses.refreshers.runs import is_announced_by, open_run
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


def _locked(occurrence: Occurrence) -> Occurrence:
    """The run, locked after its rule: whoever gives a run another day does so alone."""
    Refresher.objects.select_for_update(of=("self",)).get(pk=occurrence.refresher_id)
    every = Occurrence.objects.select_related("refresher__audience", "refresher__course")
    return every.select_for_update(of=("self",)).get(pk=occurrence.pk)


@transaction.atomic
def skip(occurrence: Occurrence, *, reason: str, by: User | None) -> Occurrence:
    """Leave this run out; whoever has heard of it is told. A repeat changes nothing."""
    found = _locked(occurrence)
    if found.state == State.SKIPPED:
        return found
    _still_to_come(found)
    said = reason_given(reason)
    told = announced_to(found) if found.announced_at else []
    found.save_only(state=State.SKIPPED, skipped_reason=said, by_hand=True, changed_by=by)
    tell_called_off(found, told)
    return found


@transaction.atomic
def take_back_skip(occurrence: Occurrence, *, by: User | None, at: datetime) -> Occurrence:
    """Let a run that was left out take place after all, as long as its day has not passed."""
    found = _locked(occurrence)
    if found.state != State.SKIPPED:
        return found
    if found.on < timezone.localdate(at):
        raise Refused(_("Its day has passed."), code="run_passed")
    _free(found.refresher, found.on, found)
    found.save_only(state=State.PLANNED, skipped_reason="", by_hand=True, changed_by=by, announced_at=None)
    return found


@transaction.atomic
def move_run(occurrence: Occurrence, *, on: date, reason: str, by: User | None, at: datetime) -> Occurrence:
    """Let this run take place on another day, where it stays whatever the rule becomes. A repeat changes nothing."""
    found = _locked(occurrence)
    _still_to_come(found)
    if found.on == on:
        return found
    said = reason_given(reason)
    run = run_on(found.refresher, found.planned_on or on, on, lead_of(found.refresher))
    if on < timezone.localdate(at) or found.refresher.moment_of(on) <= at:
        raise Refused(_("This date has passed."), field="on", code="moved_to_past")
    _free(found.refresher, on, found)
    before, told = copy(found), announced_to(found) if found.announced_at else []
    found.save_only(state=State.PLANNED, on=on, due_on=run.due_on, opens_at=run.opens_at, announced_at=None)
    found.save_only(by_hand=True, changed_by=by, changed_reason=said)
    if not is_announced_by(found, at):  # else everybody hears of the new day with the announcement
        tell_moved(found, told, before=before)
    return found


def _still_to_come(occurrence: Occurrence) -> None:
    if occurrence.state not in TO_COME:
        raise Refused(_("This run has opened; it stays in the record."), code="run_opened")


def _free(refresher: Refresher, on: date, occurrence: Occurrence) -> None:
    """Refuse a day that another run has."""
    others = refresher.occurrences.filter(on=on).exclude(pk=occurrence.pk).exclude(state=State.SKIPPED)
    if others.exists():
        raise Refused(_("Another run has this day."), field="on", code="day_taken")


@transaction.atomic
def run_now(refresher: Refresher, *, reason: str, by: User | None, at: datetime) -> Occurrence:
    """Open a run at once, also of a paused refresher; the reason is kept. A repeat on the same day is the same run.

    A run that was planned for today opens now. A session is planned now, for the first working day that is as far
    ahead as the rule announces it.
    """
    found = Refresher.objects.select_for_update(of=("self",)).get(pk=refresher.pk)
    lead = lead_of(found)
    today = timezone.localdate(at)
    day = working_day(today + lead, found.region) if lead else today
    known = found.occurrences.filter(on=day).exclude(state=State.SKIPPED).select_for_update().first()
    if known and known.state not in TO_COME:
        return known
    said = reason_given(reason)
    occurrence = known or Occurrence(refresher=found, on=day)
    occurrence.due_on = run_on(found, day, day, lead).due_on
    occurrence.refresher, occurrence.opens_at = found, at
    occurrence.by_hand, occurrence.changed_by, occurrence.changed_reason = True, by, said
    occurrence.save()
    open_run(occurrence, at=at)
    return occurrence
