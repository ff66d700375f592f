"""What stands in the braces of a GIFT question."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from assessments.exchange.choices import Weighted, accepted, one_of, some_of, true_or_false
from assessments.exchange.losses import trimmed, whole_credit
from assessments.exchange.parsed import Entry
from trainingsite.core.errors import Refused

MARKS = "~=#{}:\\n"
# A character that a backslash takes its meaning from is kept apart until everything is split.
_SHIELDS = {mark: chr(0xFDD0 + number) for number, mark in enumerate(MARKS)}
_BARE = {ord(shield): "\n" if mark == "n" else mark for mark, shield in _SHIELDS.items()}
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_ITEM = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"^\s*%\s*([+-]?[0-9.,]{1,20})\s*%")
_TRUTH = re.compile(r"^(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
_RANGE = re.compile(r"^(.+?)\.\.(.+)$")

Line = Callable[[str], str]


def shielded(text: str) -> str:
    """The text with its escaped characters out of the way."""
    free = text.translate(dict.fromkeys(_BARE))
    return _ESCAPE.sub(lambda match: _SHIELDS[match[1]], free)


def bare(text: str) -> str:
    """The text as it is meant, its escaped characters back."""
    return text.translate(_BARE)


def question_of(given: str, line: Line) -> tuple[Entry, str]:
    """The question that the braces ask, without its stem, and what is lost."""
    if not given:
        return {"kind": "essay", "content": {}}, ""
    if given.startswith("#"):
        return _numerical(given[1:], line)
    if truth := _TRUTH.match(given):
        return _truth(truth[1].upper()[0] == "T", given[truth.end() :], line), ""
    items = _items(given, line)
    if given.startswith("=") and "->" in given and "~" not in given:
        return _matching(given, line)
    if "~" not in given:
        return accepted([Weighted(_plain(text), weight, feedback) for _m, weight, text, feedback, _e in items]), ""
    return _choice(items, line)


def gap_of(given: str, line: Line) -> Entry:
    """The gap of a missing-word question."""
    items = _items(given, line)
    if "~" in given:
        rows = [{"text": line(text), "correct": weight > 0} for _m, weight, text, _f, _e in items]
        return {"id": "1", "mode": "chosen", "options": rows}
    rows = [{"text": _plain(text), "credit": whole_credit(weight)} for _m, weight, text, _f, _e in items]
    return {"id": "1", "mode": "typed", "answers": rows}


Item = tuple[str, Decimal, str, str, bool]  # its mark, weight, text, feedback, and whether the weight was written


def _items(given: str, line: Line) -> list[Item]:
    if given.lstrip()[:1] not in {"=", "~"}:
        raise Refused(_("Answers begin with = or ~."))
    return [_item(mark, text, line) for mark, text in _ITEM.findall(given)]


def _item(mark: str, text: str, line: Line) -> Item:
    weight = _WEIGHT.match(text)
    text, _hash, feedback = (text[weight.end() :] if weight else text).partition("#")
    worth = number_of(weight[1]) if weight else Decimal(100 if mark == "=" else 0)
    return mark, worth, text, line(feedback), bool(weight)


def _plain(text: str) -> str:
    return " ".join(bare(text).split())


def _choice(items: list[Item], line: Line) -> tuple[Entry, str]:
    options = [Weighted(line(text), weight, feedback) for _mark, weight, text, feedback, _e in items]
    if any(mark == "=" for mark, *_rest in items):
        return one_of(options, graded=any(explicit for *_rest, explicit in items))
    return some_of(options)


def _truth(right: bool, rest: str, line: Line) -> Entry:
    """What follows the T: first what who is wrong reads, then what who is right reads."""
    parts = [line(part) for part in rest.lstrip("#").split("#")] if rest else []
    wrong, good = [*parts, "", ""][:2]
    return true_or_false(right, {right: good, not right: wrong})


def _matching(given: str, line: Line) -> tuple[Entry, str]:
    stems: list[Entry] = []
    choices: dict[str, str] = {}
    for _mark, text in _ITEM.findall(given):
        left, arrow, right = text.partition("->")
        if not arrow:
            raise Refused(_("A pair lacks its ->."))
        right = line(right.partition("#")[0])
        key = choices.setdefault(right, f"c{len(choices) + 1}")
        if left.strip():
            stems.append({"id": f"s{len(stems) + 1}", "text": line(left), "match": key})
    rows = [{"id": key, "text": text} for text, key in choices.items()]
    return {"kind": "matching", "content": {"stems": stems, "choices": rows}}, ""


def _numerical(given: str, line: Line) -> tuple[Entry, str]:
    given = given.strip()
    if given[:1] not in {"=", "~"}:
        given = f"={given}"
    rows, lost = [], ""
    for mark, text in _ITEM.findall(given):
        _m, weight, figure, feedback, _explicit = _item(mark, text, line)
        if mark == "~" and not figure.strip():
            lost = _("Feedback for wrong numbers stays behind.") if feedback else lost
            continue
        row: Entry = {**_figure(bare(figure)), "credit": whole_credit(weight)}
        rows.append({**row, "feedback": feedback} if feedback else row)
    return {"kind": "numerical", "content": {"answers": rows, "units": [], "unit": "none"}}, lost


def _figure(text: str) -> Entry:
    """A number, as 7, 7:0.5 or 6.5..7.5."""
    if span := _RANGE.match(text):
        low, high = number_of(span[1]), number_of(span[2])
        if low > high:
            raise Refused(_("The range %(text)s ends before it begins.") % {"text": text.strip()})
        return {"value": trimmed((low + high) / 2, 10), "tolerance": trimmed((high - low) / 2, 10)}
    value, _colon, tolerance = text.partition(":")
    return {"value": trimmed(number_of(value), 10), "tolerance": trimmed(number_of(tolerance or "0"), 10)}


def number_of(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Refused(_("“%(text)s” is no number.") % {"text": text.strip()[:40]}) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise Refused(_("“%(text)s” is no number.") % {"text": text.strip()[:40]})
    return number
