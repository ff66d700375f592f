"""Lengths of recordings as people write them: 3:05, 1:02:09."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BASE = 60
_FORM = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def in_words(seconds: float) -> str:
    """3:05, and 1:02:09 from an hour on."""
    minutes, rest = divmod(round(seconds), BASE)
    hours, minutes = divmod(minutes, BASE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def from_words(text: str) -> float:
    """Seconds of what was typed; full-width colons count too. ValidationError when it is no length."""
    match = _FORM.fullmatch(text.strip().replace("：", ":"))
    if match is None:
        raise ValidationError(_("Write minutes and seconds, as in 3:05."), code="length")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float((hours * BASE + minutes) * BASE + seconds)
