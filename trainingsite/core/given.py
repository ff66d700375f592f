"""What comes with a request as text, read without trusting it."""

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

LARGEST_KEY = 2**63 - 1  # what the key of a row can be
FIRST_YEAR, LAST_YEAR = 1900, 2199  # what a day that people mean lies in; further out, counting days overflows


def whole(text: str, most: int, *, least: int = 0) -> int | None:
    """The whole number that `text` writes in digits; None when it writes none, or one out of `least` to `most`."""
    if not text.isdecimal() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if least <= number <= most else None


def day(text: str) -> date | None:
    """The day that `text` writes as 2026-03-31; None when it writes none, or one that nobody means."""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def moment(text: str) -> datetime | None:
    """The moment that `text` writes, in the current time zone if it names none; None as for `day`."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def from_json(text: str) -> Any:
    """What the JSON text says; raises ValueError when it is none, or nested more deeply than can be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
