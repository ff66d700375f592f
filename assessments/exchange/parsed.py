"""What a file of questions turns into, and what becomes of questions on their way into a file.

A question travels as an entry: a plain dictionary with code, kind, topic, category, tags, competency, difficulty,
status, language, source, stem, explanation, content, translations, of which only kind, stem and content must be there.
Texts show pictures as `![words](media:<short>)`, where short is the beginning of the SHA-256 of the file.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from courses.media.models import SHORT
from courses.packs.parts import Problem
from trainingsite.core.errors import Refused

Entry = dict[str, Any]

MAX_BYTES = 20 * 2**20
MAX_QUESTIONS = 5000


@dataclass(frozen=True)
class Attachment:
    """A file that texts of questions show."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def short(self) -> str:
        """What the library will call it."""
        return self.sha256[:SHORT]


@dataclass(frozen=True)
class Draft:
    """A question as the file has it: `place` says where in the file, `name` what the file calls it."""

    place: str
    name: str
    entry: Entry


@dataclass(frozen=True)
class Unmapped:
    """What is left out and why: a `whole` question, or something about it."""

    place: str
    name: str
    reason: str
    whole: bool = True


@dataclass
class Parsed:
    """What was found in a file; `problems` are questions that are broken, which the file's author can mend.

    `before` says of each problem how many drafts stand before it in the file.
    """

    drafts: list[Draft] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    files: dict[str, Attachment] = field(default_factory=dict)

    def fault(self, place: str, message: str) -> None:
        """Note what is wrong at this place of the file."""
        self.problems.append(Problem(place, message))
        self.before.append(len(self.drafts))

    def attach(self, file: Attachment) -> str:
        """Take the file along; returns how a text names it."""
        self.files[file.short] = file
        return f"media:{file.short}"


@dataclass(frozen=True)
class Written:
    """A file of questions, and what it could not hold."""

    data: bytes
    unmapped: list[Unmapped]


# The file of the library that a text shows by its short name, None when it is not there.
FindFile = Callable[[str], Attachment | None]


@dataclass(frozen=True)
class Format:
    """A format of files: how to tell it, read it and write it.

    `keeps` are the fields of an entry, beside what the question asks, that the format has a place for.
    """

    label: str
    ending: str
    mime: str
    read: Callable[[bytes], Parsed]
    write: Callable[[Sequence[Entry], FindFile], Written]
    keeps: frozenset[str] = frozenset()


def unreadable(message: str, code: str = "unreadable") -> Refused:
    """The refusal of a whole file."""
    return Refused(message, field="file", code=code)


def without_empty(entry: Mapping[str, Any]) -> Entry:
    """The entry without what it does not say."""
    return {name: value for name, value in entry.items() if value not in ("", None, [], {}) or name == "content"}
