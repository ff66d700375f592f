"""Plan, note and be reminded of check-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.checkins.models import CheckIn
from mentoring.pairings.models import Pairing
from mentoring.pairings.rules import check_due
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import Message, notify


@dataclass(frozen=True)
class StepText:
    """What one of the two does next, and by when."""

    side: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True)
class Talk:
    """What a mentor notes about a check-in; `note` is the mentor's own, `shared_note` is for both."""

    held_on: date
    note: str
    progress: int
    shared_note: str = ""
    minutes: int | None = None
    next_steps: Sequence[StepText] = ()


def plan_checkin(pairing: Pairing, *, due_on: date | None, on: date) -> CheckIn | None:
    """Set, move or (without a date) cancel the pairing's planned check-in."""
    if due_on is None:
        pairing.checkins.planned().delete()
        return None
    check_due(due_on, on=on, field="next_due_on")
    planned, created = CheckIn.objects.get_or_create(pairing=pairing, held_on=None, defaults={"due_on": due_on})
    if not created and planned.due_on != due_on:
        planned.due_on = due_on
        planned.save(update_fields=["due_on"])
    return planned


@transaction.atomic
def note_checkin(pairing: Pairing, talk: Talk, *, next_due_on: date | None, on: date) -> CheckIn:
    """Keep what was done and plan the next one. Noting the same day again corrects it, so a repeat is harmless."""
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    _check_talk(pairing, talk, next_due_on, on)
    checkin = (
        pairing.checkins.filter(held_on=talk.held_on).first()
        or pairing.checkins.planned().first()
        or CheckIn(pairing=pairing, due_on=talk.held_on)
    )
    checkin.held_on, checkin.progress, checkin.minutes = talk.held_on, talk.progress, talk.minutes
    checkin.note, checkin.shared_note = talk.note, talk.shared_note
    checkin.save()
    keep_steps(checkin, talk.next_steps)
    plan_checkin(pairing, due_on=next_due_on, on=on)
    return checkin


def keep_steps(checkin: CheckIn, wanted: Sequence[StepText]) -> None:
    """Make the next steps those that are wanted; what is named again stays, done or not."""
    known = {(step.side, step.text): step for step in checkin.next_steps.all()}
    for step in wanted:
        kept = known.pop((step.side, step.text), None)
        if kept is None:
            checkin.next_steps.create(side=step.side, text=step.text, due_on=step.due_on)
        elif kept.due_on != step.due_on:
            kept.due_on = step.due_on
            kept.save(update_fields=["due_on"])
    checkin.next_steps.filter(pk__in=[step.pk for step in known.values()]).delete()


def _check_talk(pairing: Pairing, talk: Talk, next_due_on: date | None, on: date) -> None:
    if not pairing.is_open:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    if talk.held_on > on:
        raise Refused(_("The day has not come yet."), field="held_on", code="held_in_future")
    if talk.held_on < pairing.started_on:
        raise Refused(_("That is before the pairing began."), field="held_on", code="held_before_start")
    if next_due_on is not None and next_due_on <= talk.held_on:
        raise Refused(_("The next one comes after this one."), field="next_due_on", code="next_not_after")


@transaction.atomic
def remind(*, on: date) -> int:
    """Tell both the day before, the mentor on the day and once when it has passed. Returns the new notices."""
    due = (
        CheckIn.objects.planned()
        .filter(due_on__lte=on + timedelta(days=1), pairing__ended_on=None)
        .select_related("pairing__mentor", "pairing__mentee")
    )
    return notify(message for checkin in due for message in _reminders(checkin, on))


def _reminders(checkin: CheckIn, on: date) -> list[Message]:
    left = (checkin.due_on - on).days
    stage = {1: "tomorrow", 0: "today"}.get(left, "overdue")
    key = f"checkin:{checkin.pk}:{checkin.due_on}:{stage}"
    day = checkin.due_on.isoformat()
    pairing = checkin.pairing
    told = [
        Message(
            pairing.mentor_id,
            "checkin_due",
            key,
            {"other": pairing.mentee.name, "stage": stage, "on": day},
            reverse("note-checkin", args=[pairing.pk]),
        )
    ]
    if stage == "tomorrow":
        facts = {"other": pairing.mentor.name, "stage": stage, "on": day}
        told.append(Message(pairing.mentee_id, "checkin_due", key, facts, reverse("my-mentor")))
    return told
