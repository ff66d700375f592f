"""How fast and how exactly a text was typed.

The measures are those of R. W. Soukoreff and I. S. MacKenzie, Metrics for text entry research (CHI 2003): with P the
text that was to be typed, T what was typed, and MSD(P, T) the fewest insertions, deletions and replacements of a
character that turn one into the other,

    correct characters  C = max(|P|, |T|) - MSD(P, T)
    accuracy            100 · C / max(|P|, |T|)

P is here the beginning of the text that T fits best, since the time may end before the text does. The speed is C by
minutes. Distances to all beginnings at once: G. Myers, A fast bit-vector algorithm (J. ACM 46:3, 1999).
"""

from dataclasses import dataclass
from decimal import Decimal

MINUTE = 60_000  # milliseconds


@dataclass(frozen=True)
class Run:
    """What somebody typed of a text, and how long it took."""

    typed: int
    right: int
    errors: int
    ms: int

    @property
    def accuracy(self) -> Decimal:
        """In percent."""
        return Decimal(100 * self.right) / (self.right + self.errors) if self.typed else Decimal(0)

    @property
    def speed(self) -> Decimal:
        """Right characters a minute."""
        return Decimal(self.right * MINUTE) / self.ms if self.ms else Decimal(0)


def measured(text: str, typed: str, ms: int, *, seconds: int) -> Run:
    """The run's figures. Who stops before the text's end is measured over the whole time that there was."""
    text, typed = plain(text), plain(typed)
    taken = ms if len(typed) >= len(text) else max(ms, seconds * 1000)
    if not typed:
        return Run(0, 0, 0, taken)
    distances = distances_to_beginnings(text, typed)
    errors = min(distances)
    reached = max(length for length, distance in enumerate(distances) if distance == errors)
    return Run(len(typed), max(reached, len(typed)) - errors, errors, taken)


def plain(text: str) -> str:
    """With one blank for every row of blanks and line breaks, since nobody can see how many there are."""
    return " ".join(text.split())


def distances_to_beginnings(text: str, typed: str) -> list[int]:
    """MSD(beginning, typed) for every beginning of `text`, the shortest first."""
    last = 1 << (len(typed) - 1)
    places: dict[str, int] = {}
    for place, sign in enumerate(typed):
        places[sign] = places.get(sign, 0) | 1 << place
    mask, distance = (1 << len(typed)) - 1, len(typed)
    plus, minus = mask, 0
    found = [distance]
    for sign in text:
        fits = places.get(sign, 0)
        across = (((fits & plus) + plus) ^ plus) | fits | minus
        more, less = minus | ~(across | plus) & mask, plus & across
        distance += bool(more & last) - bool(less & last)
        more, less = more << 1 | 1, less << 1
        vertical = fits | minus
        plus, minus = (less | ~(vertical | more)) & mask, more & vertical & mask
        found.append(distance)
    return found
