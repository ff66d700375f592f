"""The order of a quiz as one line of marks: a section is a mark, and what follows it belongs to it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from assessments.quizzes.models import QuizQuestion, Section

T = TypeVar("T")
SECTION, SLOT = "s", "q"
MARK = re.compile(r"([sq])(\d{1,9})")


class Mark(NamedTuple):
    """A section or a question (or draw) of a quiz; written "s12" or "q7"."""

    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}{self.pk}"


def read(texts: Iterable[str]) -> list[Mark]:
    """The marks that were sent; what is no mark is left out."""
    return [Mark(found[1], int(found[2])) for text in texts if (found := MARK.fullmatch(text))]


def marks_of(sections: Iterable[Section], slots: Iterable[QuizQuestion]) -> list[Mark]:
    """The present order: what belongs to no section first, then section by section."""
    rows = sorted(slots, key=lambda slot: (slot.position, slot.pk))
    line = [Mark(SLOT, slot.pk) for slot in rows if slot.section_id is None]
    for section in sorted(sections, key=lambda section: (section.position, section.pk)):
        line.append(Mark(SECTION, section.pk))
        line += [Mark(SLOT, slot.pk) for slot in rows if slot.section_id == section.pk]
    return line


def moved(order: Sequence[Mark], mark: Mark, step: int) -> list[Mark]:
    """The order after one step up (-1) or down (1): a question passes what is next, a section with all it has."""
    if mark not in order:
        return list(order)
    if mark.kind == SLOT:
        return _swapped(list(order), order.index(mark), step)
    head, blocks = _blocks(order)
    place = next(n for n, block in enumerate(blocks) if block[0] == mark)
    return [*head, *(one for block in _swapped(blocks, place, step) for one in block)]


def _swapped(line: list[T], place: int, step: int) -> list[T]:
    other = place + step
    if 0 <= other < len(line):
        line[place], line[other] = line[other], line[place]
    return line


def _blocks(order: Sequence[Mark]) -> tuple[list[Mark], list[list[Mark]]]:
    """What stands before the first section, and each section with what it has."""
    head: list[Mark] = []
    blocks: list[list[Mark]] = []
    for mark in order:
        if mark.kind == SECTION:
            blocks.append([mark])
        else:
            (blocks[-1] if blocks else head).append(mark)
    return head, blocks
