"""What a mentor notes about a talk, and what is refused of it, whichever door it comes through."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mentoring.checkins.models import Progress
from mentoring.checkins.steps import MOST, StepText, check_step, too_many
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused

LONGEST_NOTE = 2000
SHORTEST, LONGEST = 1, 480  # minutes


@dataclass(frozen=True)
class Talk:
    """What a mentor notes about a check-in.

    `note` is the mentor's own, `shared_note` is for both; `talked` are the ids of agenda items that were talked about.
    """

    held_on: date
    note: str
    progress: int
    shared_note: str
    minutes: int
    next_steps: Sequence[StepText] = ()
    talked: Collection[int] = ()


def check_talk(pairing: Pairing, talk: Talk, *, on: date) -> None:
    """Refuse what cannot have been."""
    if not pairing.is_open:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    if talk.held_on > on:
        raise Refused(_("The day has not come yet."), field="held_on", code="held_in_future")
    if talk.held_on < pairing.started_on:
        raise Refused(_("That is before the pairing began."), field="held_on", code="held_before_start")
    if not SHORTEST <= talk.minutes <= LONGEST:
        text = _("A talk takes 1 to %(most)s minutes.") % {"most": LONGEST}
        raise Refused(text, field="minutes", code="impossible_minutes")
    _check_words(talk)
    if len(talk.next_steps) > MOST:
        raise too_many()
    for step in talk.next_steps:
        check_step(step, talked_on=talk.held_on)


def _check_words(talk: Talk) -> None:
    if talk.progress not in Progress.values:
        words = {"value": talk.progress, "known": ", ".join(map(str, Progress.values))}
        text = _("Not known: %(value)s. Possible: %(known)s.") % words
        raise Refused(text, field="progress", code="unknown")
    if not talk.shared_note.strip():
        raise Refused(_("Write what was done."), field="shared_note", code="empty")
    check_note(talk.shared_note, field="shared_note")
    check_note(talk.note, field="note")


def check_note(text: str, *, field: str) -> None:
    if len(text) > LONGEST_NOTE:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_NOTE}, field=field, code="too_long")
