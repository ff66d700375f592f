"""Remind the two of a pairing of what is late."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.board.reasons import MENTEE, MENTOR, Reason, reasons_of
from mentoring.board.states import with_state
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User

KIND = "pairing_reminder"
AT_ONCE = 500


@transaction.atomic
def remind_now(pairing: Pairing, *, by: User, on: date) -> int:
    """Tell mentor and mentee what is late, each what he or she can do something about; once a day, whoever asks.

    Returns how many were told. Refused where a reminder would change nothing.
    """
    found = Pairing.objects.open().filter(pk=pairing.pk)
    row = with_state(found, on=on, rule=GuidanceRule.objects.current()).select_related("mentor", "mentee").first()
    if row is None:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    messages = _messages(row, reasons_of(row, on=on), by, on)
    if not messages:
        raise Refused(_("There is nothing that a reminder would change."), code="nothing_to_remind_of")
    return notify(messages)


@transaction.atomic
def remind_all(judged: Any, *, by: User, on: date) -> int:
    """Remind the two of each pairing of `with_state`; returns how many people were told.

    Whoever was told today, and pairs that nothing stands against, are left in peace.
    """
    rows = judged.filter(state__gt=0).select_related("mentor", "mentee").iterator(chunk_size=AT_ONCE)
    return notify(message for row in rows for message in _messages(row, reasons_of(row, on=on), by, on))


def reminded_key(pairing_id: int, on: date) -> str:
    """Names the reminder of a pairing on a day."""
    return f"{KIND}:{pairing_id}:{on.isoformat()}"


def _messages(row: Any, reasons: list[Reason], by: User, on: date) -> list[Message]:
    sides = [(MENTOR, row.mentor, row.mentee, reverse("pairing", args=[row.pk]))] if not row.sign_gone else []
    sides.append((MENTEE, row.mentee, row.mentor, reverse("my-mentor")))
    told = []
    for side, person, other, url in sides:
        if theirs := [[reason.code, reason.facts] for reason in reasons if reason.concerns(side)]:
            facts = {"other": other.name, "by": by.name, "reasons": theirs}
            told.append(Message(person.pk, KIND, reminded_key(row.pk, on), facts, url))
    return told
