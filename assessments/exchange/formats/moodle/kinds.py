"""The parts of Moodle XML that each kind of question has of its own."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.choices import weights_of
from assessments.exchange.losses import Losses, percent, trimmed
from assessments.exchange.parsed import Entry
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import Node, add

_MARKS = re.compile(r'([}~#/"\\=])')
_MARKDOWN_GAP = re.compile(r"\[\[(\w{1,20})\]\]")


def _answer(parent: Node, fraction: Decimal, text: str, feedback: str = "", style: str = "plain_text") -> Node:
    node = add(parent, "answer", fraction=trimmed(fraction), format=style)
    add(node, "text", text)
    add(add(node, "feedback", format="plain_text"), "text", feedback)
    return node


def choice(node: Node, entry: Entry, losses: Losses) -> None:
    several = entry["kind"] == "multiple"
    add(node, "single", "false" if several else "true")
    add(node, "shuffleanswers", "true")
    add(node, "answernumbering", "ABCD")
    options = weights_of(entry)
    plain = entry["kind"] == "best_reply" and sum(option.weight > 0 for option in options) == 1
    if plain:
        losses.part(entry, _("It is a single choice there, since only one reply earns anything."))
    for option in options:
        _answer(node, option.weight, option.text, option.feedback)


def truth(node: Node, entry: Entry, _losses: Losses) -> None:
    for option in entry["content"]["options"]:
        worth = Decimal(100 if option.get("correct") else 0)
        _answer(node, worth, option["id"], option.get("feedback", ""))


def short(node: Node, entry: Entry, losses: Losses) -> None:
    content = entry["content"]
    add(node, "usecase", "1" if content.get("case") else "0")
    if content.get("synonyms"):
        losses.part(entry, _("Its synonyms stay behind."))
    for row in content["answers"]:
        _answer(node, percent(row.get("credit", 100)), row["text"], row.get("feedback", ""), "moodle_auto_format")


def numerical(node: Node, entry: Entry, _losses: Losses) -> None:
    content = entry["content"]
    for row in content["answers"]:
        answer = _answer(node, percent(row.get("credit", 100)), str(row["value"]), row.get("feedback", ""))
        add(answer, "tolerance", str(row.get("tolerance") or 0))
    if units := content.get("units"):
        held = add(node, "units")
        for unit in units:
            each = add(held, "unit")
            add(each, "multiplier", _multiplier(str(unit.get("factor") or "1")))
            add(each, "unit_name", unit["name"])
    add(node, "unitgradingtype", "1" if content.get("unit") == "required" else "0")
    add(node, "unitpenalty", "1")
    add(node, "showunits", "0" if content.get("units") else "3")
    add(node, "unitsleft", "0")


def _multiplier(factor: str) -> str:
    """Moodle's number for a unit, which is one by ours; ours may be a fraction, as 1/24."""
    part = Fraction(factor)
    return trimmed(Decimal(part.denominator) / Decimal(part.numerator), 15)


def matching(node: Node, entry: Entry, _losses: Losses) -> None:
    add(node, "shuffleanswers", "true")
    content = entry["content"]
    texts = {row["id"]: row["text"] for row in content["choices"]}
    used = {stem["match"] for stem in content["stems"]}
    pairs = [(stem["text"], texts[stem["match"]]) for stem in content["stems"]]
    for stem, text in [*pairs, *(("", text) for key, text in texts.items() if key not in used)]:
        row = add(node, "subquestion", format="plain_text")
        add(row, "text", stem)
        add(add(row, "answer"), "text", text)


def ordering(node: Node, entry: Entry, _losses: Losses) -> None:
    add(node, "layouttype", "VERTICAL")
    add(node, "selecttype", "ALL")
    add(node, "selectcount", "0")
    exact = entry["content"].get("grading") == "exact"
    add(node, "gradingtype", "ALL_OR_NOTHING" if exact else "ABSOLUTE_POSITION")
    add(node, "showgrading", "HIDE")
    for place, row in enumerate(entry["content"]["items"], start=1):
        _answer(node, Decimal(place), row["text"])


def essay(node: Node, entry: Entry, losses: Losses) -> None:
    content = entry["content"]
    if content.get("rubric") or content.get("fewest") or content.get("most"):
        losses.part(entry, _("Its rubric and its length stay behind."))
    _free(node, "editor", 0, content)


def upload(node: Node, entry: Entry, losses: Losses) -> None:
    content = entry["content"]
    if content.get("rubric"):
        losses.part(entry, _("Its rubric stays behind."))
    _free(node, "noinline", 1, content)
    add(node, "maxbytes", str(int(content.get("most_mb") or 0) * 2**20))
    add(node, "filetypeslist", ",".join(f".{ending}" for ending in content.get("endings") or []))


def _free(node: Node, style: str, files: int, content: Mapping[str, Any]) -> None:
    add(node, "responseformat", style)
    add(node, "responserequired", "0" if files else "1")
    add(node, "responsefieldlines", "10")
    add(node, "attachments", str(files))
    add(node, "attachmentsrequired", str(files))
    add(add(node, "graderinfo", format="plain_text"), "text", content.get("model") or "")


def nothing_more(_node: Node, _entry: Entry, _losses: Losses) -> None:
    """All of it stands in the text."""


def with_answers(entry: Entry) -> str:
    """The question, then the text with the answers of each gap in its place, as Markdown."""
    content = entry["content"]
    before, mark, rest = content["text"].partition("[[")
    # An empty line before the first gap would make what stands above it part of the question.
    text = re.sub(r"\n\s*\n", "\n", before) + mark + rest
    gaps = {gap["id"]: as_markdown(_embedded(gap)) for gap in content["gaps"]}
    pieces = _MARKDOWN_GAP.split(text)
    return f"{entry['stem']}\n\n" + "".join(
        gaps.get(piece, "") if n % 2 else _edged(piece) for n, piece in enumerate(pieces)
    )


def _edged(text: str) -> str:
    """Plain text as Markdown, with the blanks at its ends."""
    inside = text.strip()
    if not inside:
        return text
    start = len(text) - len(text.lstrip())
    return text[:start] + as_markdown(inside) + text[len(text.rstrip()) :]


def _embedded(gap: Mapping[str, Any]) -> str:
    if gap["mode"] == "typed":
        rows = [f"%{trimmed(percent(row.get('credit', 100)))}%{_escaped(row['text'])}" for row in gap["answers"]]
        return "{1:SHORTANSWER:" + "~".join(rows) + "}"
    rows = [("=" if row.get("correct") else "") + _escaped(row["text"]) for row in gap["options"]]
    return "{1:MULTICHOICE:" + "~".join(rows) + "}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
