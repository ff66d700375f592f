"""What must be met before somebody graduates, and what of it is missing."""

from dataclasses import dataclass
from datetime import date

from mentoring.pairings.models import Pairing


@dataclass(frozen=True)
class Missing:
    """A condition: in words, how much of it is there and how much it takes."""

    code: str
    text: str
    done: int
    wanted: int


def missing(pairing: Pairing, *, on: date) -> list[Missing]:
    """The conditions that are not met on the day."""
    raise NotImplementedError
