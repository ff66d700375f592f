"""The code on the screen: six digits of a session's secret and a step of thirty seconds (the manner of RFC 6238)."""

import hashlib
import hmac
from datetime import datetime
from enum import Enum

from django.utils.crypto import constant_time_compare

STEP = 30
DIGITS = 6
REMEMBERED = 40  # steps for which a code is known to be an old one: twenty minutes


class Verdict(Enum):
    """What a code is for a session at a moment."""

    GOOD = "good"
    OLD = "old"
    WRONG = "wrong"


def code_of(secret: str, step: int) -> str:
    """The code of a step, counted from 1970 in steps of thirty seconds."""
    digest = hmac.new(bytes.fromhex(secret), step.to_bytes(8), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def code_at(secret: str, at: datetime) -> str:
    """The code that the screen shows."""
    return code_of(secret, step_at(at))


def seconds_left(at: datetime) -> int:
    """How long the screen shows it still."""
    return STEP - int(at.timestamp()) % STEP


def verdict(secret: str, code: str, at: datetime) -> Verdict:
    """The present code and the one before it are good; somewhat earlier ones are old, all others wrong."""
    now = step_at(at)
    if any(constant_time_compare(code, code_of(secret, step)) for step in (now, now - 1)):
        return Verdict.GOOD
    if code in {code_of(secret, step) for step in range(now - REMEMBERED, now - 1)}:
        return Verdict.OLD
    return Verdict.WRONG
