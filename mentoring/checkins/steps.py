"""What the two do until they talk again: who, what, by when, and ticked off when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.checkins.models import CheckIn, NextStep
from mentoring.checkins.sides import going, own_side
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST = 20  # steps of one check-in
LONGEST = 300


@dataclass(frozen=True)
class StepText:
    """What one of the two does next, and by when."""

    side: str
    text: str
    due_on: date | None = None


def check_step(step: StepText, *, talked_on: date) -> None:
    """Refuse a step that says nothing, or whose day comes before the talk; the fields are those of `StepText`."""
    if not step.text.strip():
        raise Refused(_("Write what is to be done."), field="text", code="empty")
    if len(step.text) > LONGEST:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST}, field="text", code="too_long")
    if step.side not in Side.values:
        words = {"value": step.side, "known": ", ".join(Side.values)}
        raise Refused(_("Not known: %(value)s. Possible: %(known)s.") % words, field="side", code="unknown")
    if step.due_on and step.due_on < talked_on:
        raise Refused(_("That is before the talk."), field="due_on", code="due_before_talk")


def too_many() -> Refused:
    return Refused(_("At most %(most)s steps of one talk.") % {"most": MOST}, field="text", code="too_many")


def keep_steps(checkin: CheckIn, wanted: Sequence[StepText]) -> None:
    """Make the open next steps those that are wanted; what is done stays."""
    known = {(step.side, step.text): step for step in checkin.next_steps.all()}
    for step in wanted:
        kept = known.pop((step.side, step.text), None)
        if kept is None:
            checkin.next_steps.create(side=step.side, text=step.text, due_on=step.due_on)
        elif kept.due_on != step.due_on:
            kept.due_on = step.due_on
            kept.save(update_fields=["due_on"])
    checkin.next_steps.open().filter(pk__in=[step.pk for step in known.values()]).delete()


@transaction.atomic
def add_step(checkin: CheckIn, step: StepText, *, by: User) -> NextStep:
    """One more step: the mentee adds own ones, the mentor for both. What stands there already is not doubled."""
    found = going(checkin, by=by)
    _check_hand(found, step.side, by)
    check_step(step, talked_on=found.held_on or found.due_on)
    there = found.next_steps.filter(side=step.side, text=step.text).first()
    if there is None and found.next_steps.count() >= MOST:
        raise too_many()
    return there or found.next_steps.create(side=step.side, text=step.text, due_on=step.due_on)


def _check_hand(checkin: CheckIn, side: str, by: User) -> None:
    if own_side(checkin.pairing, by) not in (side, Side.MENTOR):
        raise Refused(_("That is for the mentor to do."), code="not_yours")


@transaction.atomic
def finish_step(step: NextStep, *, by: User, at: datetime) -> None:
    """Note that it is done; the mentee ticks off own steps, the mentor those of both. A repeat changes nothing."""
    _check_hand(going(step.checkin, by=by), step.side, by)
    NextStep.objects.filter(pk=step.pk, done_at=None).update(done_at=at)


@transaction.atomic
def reopen_step(step: NextStep, *, by: User) -> None:
    """Note that it is not done after all."""
    _check_hand(going(step.checkin, by=by), step.side, by)
    NextStep.objects.filter(pk=step.pk).update(done_at=None)


def copy_open_steps(pairing: Pairing, to: CheckIn) -> None:
    """Let what is open of the pairing's talks stand on a check-in of another one; the talks of history keep theirs."""
    there = set(to.next_steps.values_list("side", "text"))
    rows = NextStep.objects.open().filter(checkin__pairing=pairing).exclude(checkin=to).order_by("pk")
    found = {(step.side, step.text): step for step in rows if (step.side, step.text) not in there}
    for step in found.values():
        to.next_steps.create(side=step.side, text=step.text, due_on=step.due_on)


def steps_to_talk_about(checkin: CheckIn) -> tuple[list[NextStep], list[NextStep]]:
    """The steps of this check-in, and what is still open of earlier ones; the next day first, one query."""
    rows = NextStep.objects.filter(Q(checkin=checkin) | Q(checkin__pairing=checkin.pairing_id, done_at=None))
    found = list(rows.order_by("due_on", "pk"))
    own = [step for step in found if step.checkin_id == checkin.pk]
    return own, [step for step in found if step.checkin_id < checkin.pk]
