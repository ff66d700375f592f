"""GIFT: Moodle's own text format, read with all its kinds of questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.exchange import markup
from assessments.exchange.formats.gift import answers
from assessments.exchange.parsed import Draft, Entry, Parsed, Unmapped, without_empty
from assessments.exchange.texts import as_markdown, as_plain, seen, short_name, text_of
from trainingsite.core.errors import Refused

_TITLE = re.compile(r"^::(.*?)::\s*", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"^\s*\$CATEGORY\s*:\s*(.*)$")
_ID = re.compile(r"\[id:((?:[^\]\\]|\\.)*)\]")
_TAG = re.compile(r"\[tag:((?:[^\]\\]|\\.)*)\]")
_HTML = re.compile(r"<[A-Za-z/!]|&[a-z]+;|&#")
_ROOT = re.compile(r"^(?:\$(?:course|module|system|category)\$/?)?(?:top(?:/|$))?")
MOST_TITLE = 300


@dataclass
class Block:
    """The lines of one question, with what the comments above it say."""

    line: int
    lines: list[str] = field(default_factory=list)
    code: str = ""
    tags: list[str] = field(default_factory=list)
    category: str = ""


def read(data: bytes) -> Parsed:
    parsed = Parsed()
    for block in _blocks(text_of(data)):
        place = _("line %(n)s") % {"n": block.line}
        try:
            _read_block(block, place, parsed)
        except Refused as refusal:
            parsed.fault(place, str(refusal.message))
    return parsed


def category_of(path: str) -> str:
    """The path of a category without Moodle's word for the whole bank."""
    return _ROOT.sub("", path.strip(), count=1).strip("/ ")


def _blocks(text: str) -> Iterator[Block]:
    """Questions are parted by empty lines; a line that begins with // is a comment."""
    block, category = Block(1), ""
    for number, line in enumerate([*seen(text).split("\n"), ""], start=1):
        if found := _CATEGORY.match(line):
            category = category_of(found[1])
        elif line.strip().startswith("//"):
            block.code = _first(_ID, line) or block.code
            block.tags += [_bare(tag) for tag in _TAG.findall(line)]
        elif line.strip():
            block.line = block.line if block.lines else number
            block.lines.append(line)
        elif block.lines:
            block.category = category
            yield block
            block = Block(number + 1)


def _first(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(line)
    return _bare(found[1]) if found else ""


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _read_block(block: Block, place: str, parsed: Parsed) -> None:
    text = answers.shielded("\n".join(block.lines).strip())
    title = _TITLE.match(text)
    text = text[title.end() :] if title else text
    style = _FORMAT.match(text)
    words = Words(style[1].lower() if style else "moodle")
    text = text[style.end() :] if style else text
    name = answers.bare(title[1]).strip()[:MOST_TITLE] if title else ""
    if "{" not in text:
        name = name or short_name(words.rich(text))
        parsed.unmapped.append(Unmapped(place, name, _("A text that asks nothing; put it into a lesson.")))
        return
    before, given, after = _parted(text)
    entry, notes = _entry(name, before, given, after, words)
    entry = {"code": block.code, "category": block.category, "tags": block.tags, **entry}
    name = name or short_name(entry["stem"])
    parsed.unmapped += [Unmapped(place, name, note, whole=False) for note in [*notes, *words.notes] if note]
    parsed.drafts.append(Draft(place, name, without_empty(entry)))


def _parted(text: str) -> tuple[str, str, str]:
    """The text before, within and after the braces."""
    before, _open, rest = text.partition("{")
    given, closed, after = rest.partition("}")
    if not closed:
        raise Refused(_("The closing brace } is missing."))
    if {"{", "}"} & set(given + after) or "}" in before:
        raise Refused(_("There are more braces than one pair; write \\{ where a brace is meant."))
    return before.strip(), given.strip(), after.strip()


def _entry(name: str, before: str, given: str, after: str, words: "Words") -> tuple[Entry, list[str]]:
    given, _mark, told = given.partition("####")
    explanation = {"explanation": words.rich(told)} if told.strip() else {}
    if after:
        return {**_missing_word(name, before, given, after, words), **explanation}, []
    entry, note = answers.question_of(given.strip(), words.line)
    return {**entry, "stem": words.rich(before), **explanation}, [note]


def _missing_word(name: str, before: str, given: str, after: str, words: "Words") -> Entry:
    """A gap within a sentence: typed when only right answers are given, else chosen. Earlier paragraphs ask."""
    head, _mark, sentence = answers.bare(before).rpartition("\n\n")
    text = f"{words.flat(sentence)} [[1]] {words.flat(after)}".strip()
    stem = words.rich(head) or (as_markdown(name) if name else _("Fill the gap."))
    return {"kind": "gaps", "stem": stem, "content": {"text": text, "gaps": [answers.gap_of(given, words.line)]}}


class Words:
    """Texts of a question in the format that it names; `notes` is what is lost."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.notes: list[str] = []

    def rich(self, text: str) -> str:
        """A text as Markdown."""
        own = _FORMAT.match(text)
        style, text = (own[1].lower(), text[own.end() :]) if own else (self.style, text)
        text = answers.bare(text).strip()
        if style == "markdown":
            return markup.tidy(markup.named_pictures(text, self._missing))
        if style == "html" or (style == "moodle" and _HTML.search(text)):
            self._note(markup.runs_something(text), _("Scripts were taken out."))
            return markup.from_html(text if style == "html" else text.replace("\n", "<br>"), self._missing)
        return as_markdown(text)

    def flat(self, text: str) -> str:
        """A text without a look."""
        plain, lost = as_plain(self.rich(text))
        self._note(lost, _("Pictures and the look of options stay behind."))
        return plain

    def line(self, text: str) -> str:
        """A text without a look on one line: that of an option."""
        return " ".join(self.flat(text).split())

    def _missing(self, _address: str) -> str:
        self._note(True, _("GIFT brings no pictures along; add them by hand."))
        return ""

    def _note(self, needed: bool, note: str) -> None:
        if needed and note not in self.notes:
            self.notes.append(note)
