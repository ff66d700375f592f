"""What an assessor may want to know of how an attempt went, and on which device it is answered. No spyware."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from assessments.attempts.answers import refuse_unless_answerable
from assessments.attempts.models import Attempt, Interruption

DEVICE_BYTES, DEVICE_LENGTH = 16, 32
MOST = 500  # of one attempt; more say nothing new


def new_device() -> str:
    """A name for a browser, which says nothing about it."""
    return secrets.token_hex(DEVICE_BYTES)


def is_device(text: str) -> bool:
    return len(text) == DEVICE_LENGTH and all(letter in "0123456789abcdef" for letter in text)


def note_leaving(attempt: Attempt, *, left_at: datetime, seconds: int, at: datetime) -> bool:
    """Note that the person was away from the page; a repeat notes nothing, nor does what can't have been.

    Returns whether it is noted.
    """
    ended = left_at + timedelta(seconds=seconds)
    if attempt.quiz.practice or seconds < 1 or left_at < attempt.started_at or ended > at + timedelta(seconds=5):
        return False
    if not attempt.is_open or attempt.interruptions.count() >= MOST:
        return False
    values = {"kind": Interruption.Kind.LEFT, "at": left_at}
    return Interruption.objects.get_or_create(attempt=attempt, **values, defaults={"seconds": seconds})[1]


@transaction.atomic
def take_over(attempt: Attempt, device: str, *, at: datetime) -> Attempt:
    """Let this device answer from now on, and no other; the change is noted. A repeat changes nothing."""
    found = Attempt.objects.select_for_update().get(pk=attempt.pk)
    refuse_unless_answerable(found, device=found.device, at=at)
    if found.device not in {"", device}:
        Interruption.objects.create(attempt=found, kind=Interruption.Kind.DEVICE, at=at)
        found.device = device
        found.save(update_fields=["device"])
    return found
