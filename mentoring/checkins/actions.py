"""Plan and note check-ins, and keep what each of the two writes for himself or herself."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.checkins.agenda import add_item, carry_over, remove_item, tick_item
from mentoring.checkins.models import CheckIn
from mentoring.checkins.reminding import remind
from mentoring.checkins.sides import own_side
from mentoring.checkins.steps import StepText, add_step, finish_step, keep_steps, reopen_step
from mentoring.checkins.talks import Talk, check_note, check_talk
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from mentoring.pairings.rules import check_due
from trainingsite.core.days import start_of
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = [
    "StepText",
    "Talk",
    "add_item",
    "add_step",
    "finish_step",
    "note_checkin",
    "plan_checkin",
    "remind",
    "remove_item",
    "reopen_step",
    "save_own_note",
    "set_day",
    "tick_item",
]
NOON = timedelta(hours=12)


@transaction.atomic
def plan_checkin(pairing: Pairing, *, due_on: date, on: date) -> CheckIn:
    """Plan the next check-in of a pairing that has none; a repeat is harmless.

    One that is planned is moved only when both want it (`moving.py`), so that nobody moves away what was missed.
    """
    if not Pairing.objects.open().select_for_update(of=("self",)).filter(pk=pairing.pk).exists():
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    if planned := pairing.checkins.planned().first():
        if planned.due_on == due_on:
            return planned
        text = _("A check-in is planned already; for another day the other is asked.")
        raise Refused(text, field="next_due_on", code="planned_already")
    check_due(due_on, on=on, field="next_due_on")
    return CheckIn.objects.create(pairing=pairing, due_on=due_on)


def set_day(planned: CheckIn, due_on: date) -> None:
    """Put a planned check-in on a day, whatever was asked for; what HR was told of it stays known."""
    planned.due_on = due_on
    planned.wanted_on, planned.wanted_by, planned.wanted_why = None, None, ""
    planned.save(update_fields=["due_on", "wanted_on", "wanted_by", "wanted_why"])


@transaction.atomic
def note_checkin(pairing: Pairing, talk: Talk, *, next_due_on: date | None, on: date) -> CheckIn:
    """Keep what was talked about and plan the next one, which inherits the agenda that was not reached.

    Noting the same day again corrects it, so that a repeat is harmless; what is planned stays as it is.
    """
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    check_talk(pairing, talk, on=on)
    if next_due_on is not None and next_due_on <= talk.held_on:
        raise Refused(_("The next one comes after this one."), field="next_due_on", code="next_not_after")
    checkin = _kept(pairing, talk)
    keep_steps(checkin, talk.next_steps)
    checkin.agenda.filter(pk__in=talk.talked, talked_at=None).update(talked_at=start_of(talk.held_on) + NOON)
    if next_due_on is not None:
        plan_checkin(pairing, due_on=next_due_on, on=on)
    if planned := pairing.checkins.planned().first():
        carry_over(checkin, planned)
    return checkin


def _kept(pairing: Pairing, talk: Talk) -> CheckIn:
    """The check-in of the day, or the planned one that was held now, or one that nobody had planned."""
    rows = pairing.checkins.select_for_update(of=("self",))
    values = {
        "held_on": talk.held_on,
        "progress": talk.progress,
        "minutes": talk.minutes,
        "note": talk.note,
        "shared_note": talk.shared_note,
        "wanted_on": None,
        "wanted_by": None,
        "wanted_why": "",
    }
    found = rows.filter(held_on=talk.held_on).first() or rows.planned().first()
    if found is None:
        return CheckIn.objects.create(pairing=pairing, due_on=talk.held_on, **values)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    return found


@transaction.atomic
def save_own_note(checkin: CheckIn, text: str, *, by: User) -> None:
    """Keep what one of the two writes for himself or herself; nobody else ever reads it."""
    check_note(text, field="text")
    field = "note" if own_side(checkin.pairing, by) == Side.MENTOR else "mentee_note"
    if not CheckIn.objects.filter(pk=checkin.pk).update(**{field: text.strip()}):
        raise Refused(_("This check-in is no longer planned."), code="checkin_gone")
