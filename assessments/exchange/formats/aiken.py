"""Aiken: single choice in plain text, one question after the other.

The customer asks …
A. an option
B. another option
ANSWER: B
"""

import re
from collections.abc import Sequence
from string import ascii_uppercase

from django.utils.translation import gettext as _

from assessments.exchange.losses import Losses
from assessments.exchange.parsed import Draft, Entry, FindFile, Parsed, Written
from assessments.exchange.texts import as_markdown, short_name, text_of

_OPTION = re.compile(r"^\s*([A-Z])\s*[.)．）、]\s*(.*)$")
_ANSWER = re.compile(r"^\s*ANSWER\s*[::]\s*(.*?)\s*$", re.IGNORECASE)


def read(data: bytes) -> Parsed:
    parsed = Parsed()
    question = _Question(1)
    for number, line in enumerate(text_of(data).split("\n"), start=1):
        if answer := _ANSWER.match(line):
            question.end(answer[1].upper(), parsed)
            question = _Question(number + 1)
        else:
            question.take(line, number)
    if question.stem or question.options:
        question.fail(_("The line with ANSWER: is missing."), parsed)
    return parsed


class _Question:
    """The lines of one question, as they come."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.stem: list[str] = []
        self.options: dict[str, str] = {}
        self.wrong = ""

    def take(self, line: str, number: int) -> None:
        option = _OPTION.match(line)
        if not line.strip():
            return
        if not self.stem:
            self.line = number
        if option and self.stem:
            self._option(option[1], option[2].strip())
        elif self.options:
            self.wrong = self.wrong or _("Line %(n)s is neither an option nor ANSWER:.") % {"n": number}
        else:
            self.stem.append(line.strip())

    def _option(self, letter: str, text: str) -> None:
        expected = ascii_uppercase[min(len(self.options), len(ascii_uppercase) - 1)]
        if letter != expected and not self.wrong:
            self.wrong = _("Option %(found)s stands where %(wanted)s should.") % {"found": letter, "wanted": expected}
        self.options[letter] = text

    def end(self, answer: str, parsed: Parsed) -> None:
        if not self.stem:
            self.wrong = self.wrong or _("An ANSWER: without a question.")
        elif answer not in self.options:
            self.wrong = self.wrong or _("ANSWER: names no option.")
        if self.wrong:
            self.fail(self.wrong, parsed)
            return
        options = [{"text": text, "correct": letter == answer} for letter, text in self.options.items()]
        stem = "\n".join(as_markdown(line) for line in self.stem)
        entry: Entry = {"kind": "single", "stem": stem, "content": {"options": options}}
        parsed.drafts.append(Draft(self.place, short_name(stem), entry))

    def fail(self, message: str, parsed: Parsed) -> None:
        parsed.fault(self.place, message)

    @property
    def place(self) -> str:
        return _("line %(n)s") % {"n": self.line}


def write(entries: Sequence[Entry], find: FindFile) -> Written:  # noqa: ARG001 - the format holds no pictures
    losses = Losses()
    blocks = [block for entry in entries if (block := _block(entry, losses))]
    return Written("\n\n".join([*blocks, ""]).encode(), losses)


def _block(entry: Entry, losses: Losses) -> str:
    if entry["kind"] != "single":
        losses.whole(entry, _("Aiken holds single choice only."))
        return ""
    stem = _line(losses.plain(entry, entry["stem"]))
    if _OPTION.match(stem) or _ANSWER.match(stem):
        losses.whole(entry, _("The question begins like an option or an answer of Aiken."))
        return ""
    if entry.get("explanation") or any(option.get("feedback") for option in entry["content"]["options"]):
        losses.part(entry, _("Aiken holds no explanation and no feedback."))
    losses.translations(entry)
    options = list(zip(ascii_uppercase, entry["content"]["options"], strict=False))
    lines = [f"{letter}. {_line(option['text'])}" for letter, option in options]
    right = next((letter for letter, option in options if option.get("correct")), "A")
    return "\n".join([stem, *lines, f"ANSWER: {right}"])


def _line(text: str) -> str:
    return " ".join(text.split())
