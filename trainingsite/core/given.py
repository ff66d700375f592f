"""What comes with a request as text, read without trusting it."""

import json
from typing import Any

LARGEST_KEY = 2**63 - 1  # what the key of a row can be


def whole(text: str, most: int, *, least: int = 0) -> int | None:
    """The whole number that `text` writes in digits; None when it writes none, or one out of `least` to `most`."""
    if not text.isdecimal() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if least <= number <= most else None


def from_json(text: str) -> Any:
    """What the JSON text says; raises ValueError when it is none, or nested more deeply than can be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
