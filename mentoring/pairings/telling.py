"""Who is told of what happens to a pairing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from mentoring.pairings.models import Pairing
from trainingsite.notices.actions import Message, notify


def tell_both(
    pairing: Pairing, kind: str, key: str, facts: dict[str, Any], *, but: int | None = None, page: str = ""
) -> None:
    """Tell both, each about the other; `page` leads somewhere else than to the pairing. `but` knows already."""
    notify(message for message in _to_both(pairing, kind, key, facts, page) if message.person_id != but)


def _to_both(pairing: Pairing, kind: str, key: str, facts: dict[str, Any], page: str = "") -> list[Message]:
    here = reverse("pairing", args=[pairing.pk])
    both = [
        (pairing.mentor, pairing.mentee, "mentor", reverse(page, args=[pairing.pk]) if page else here),
        (pairing.mentee, pairing.mentor, "mentee", reverse(page, args=[pairing.pk]) if page else reverse("my-mentor")),
    ]
    return [
        Message(person.pk, kind, key, {"other": other.name, "as": part, **facts}, url)
        for person, other, part, url in both
    ]


def tell_pairing(pairing: Pairing, kind: str) -> None:
    """Tell both that it began or ended."""
    tell_pairings([pairing], kind)


def tell_pairings(pairings: Iterable[Pairing], kind: str) -> None:
    """The same for many, in one statement."""
    notify(
        message
        for pairing in pairings
        for message in _to_both(pairing, kind, f"{kind}:{pairing.pk}", {"goal": pairing.goal})
    )


def tell_agreement(pairing: Pairing, stage: str, at: datetime, *, but: int | None = None) -> None:
    """Tell the other that the agreement was changed or waits for a yes, or that both have agreed."""
    key = f"agreement:{pairing.pk}:{stage}:{at.isoformat()}"
    tell_both(pairing, "agreement", key, {"stage": stage}, but=but)


def tell_extended(pairing: Pairing, reason: str, *, but: int | None = None) -> None:
    """Tell both until when it goes on now, and why."""
    until = pairing.planned_end.isoformat() if pairing.planned_end else ""
    tell_both(pairing, "pairing_extended", f"extended:{pairing.pk}:{until}", {"until": until, "note": reason}, but=but)
