"""Texts with gaps of Moodle: embedded answers, words dragged into a text, words chosen from lists."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.formats.gift.answers import number_of
from assessments.exchange.formats.moodle.node import MoodleQuestion
from assessments.exchange.losses import whole_credit
from assessments.exchange.parsed import Entry
from assessments.exchange.reading import LeftOut
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import children, value
from trainingsite.core.errors import Refused

TYPED = re.compile(r"SHORTANSWER(?:_C)?|SAC?|MWC?")
NUMBER = re.compile(r"NUMERICAL|NM")
CHOSEN = re.compile(r"MULTICHOICE(?:_[VHS]+)?|MC[VHS]*")
MARKS = '}~#/"\\='
_SHIELDS = {mark: chr(0xFDD0 + number) for number, mark in enumerate(MARKS)}
_BARE = {ord(shield): mark for mark, shield in _SHIELDS.items()}
_GAP = re.compile(r"\{([0-9]*):([A-Z_]+):([^}]*)\}")
_WEIGHT = re.compile(r"^%(-?[0-9.,]{1,12})%")
_CLOZE_BEGINS = re.compile(r"\{[0-9]*:[A-Z\\_]+:")
_PLACE_BEGINS = re.compile(r"\[\[|\\\[\\\[")
_PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")
Answer = tuple[str, Decimal, str]  # its words, what it earns, its feedback


def cloze(question: MoodleQuestion) -> Entry:
    """Gaps whose answers stand in the text itself."""
    stem, marked = _parted(question, _CLOZE_BEGINS)
    text = re.sub(r'\\([}~#/"\\=])', lambda match: _SHIELDS[match[1]], marked)
    gaps: list[Entry] = []

    def replaced(match: re.Match[str]) -> str:
        gaps.append(_gap(question, str(len(gaps) + 1), match[2], match[3]))
        question.note(_("Here all gaps weigh alike."), when=match[1] not in {"", "1"})
        return f"[[{len(gaps)}]]"

    with_places = _GAP.sub(replaced, text.replace("[[", "[ [")).translate(_BARE)
    return _gaps(stem, with_places, gaps)


def _parted(question: MoodleQuestion, begins: re.Pattern[str]) -> tuple[str, str]:
    """The paragraphs before the first gap, which ask, as Markdown; and the text with the gaps, plain."""
    paragraphs = question.rich("questiontext").split("\n\n")
    first = next((n for n, paragraph in enumerate(paragraphs) if begins.search(paragraph)), 0)
    stem = "\n\n".join(paragraphs[:first]) or as_markdown(question.name) or _("Fill the gaps.")
    return stem, question.flat("\n\n".join(paragraphs[first:]))


def _gaps(stem: str, text: str, gaps: list[Entry]) -> Entry:
    if not gaps:
        raise Refused(_("There is no gap in the text."))
    return {"kind": "gaps", "stem": stem, "content": {"text": text, "gaps": gaps}}


def _gap(question: MoodleQuestion, number: str, kind: str, given: str) -> Entry:
    answers = [_answer(part) for part in given.split("~")] if given.strip() else []
    question.note(_("Feedback in gaps stays behind."), when=any(feedback for _t, _w, feedback in answers))
    if CHOSEN.fullmatch(kind):
        return {"id": number, "mode": "chosen", "options": _options(question, answers)}
    if NUMBER.fullmatch(kind):
        answers = [(_exact(question, text), weight, feedback) for text, weight, feedback in answers]
    elif not TYPED.fullmatch(kind):
        raise LeftOut(_("A gap of the type %(type)s has no counterpart here.") % {"type": kind[:40]})
    typed = [{"text": text, "credit": whole_credit(weight)} for text, weight, _f in answers if weight > 0]
    return {"id": number, "mode": "typed", "answers": typed}


def _options(question: MoodleQuestion, answers: list[Answer]) -> list[Entry]:
    """The words to choose from, of which the best are right."""
    best = max((weight for _text, weight, _f in answers), default=Decimal(0))
    question.note(_("Half right words of a gap count as wrong."), when=any(0 < w < best for _t, w, _f in answers))
    return [{"text": text, "correct": weight > 0 and weight == best} for text, weight, _f in answers]


def _answer(part: str) -> Answer:
    """An answer with what it earns, as =right#feedback, %50%half or wrong."""
    part = part.strip()
    weight = Decimal(0)
    if part.startswith("="):
        part, weight = part[1:], Decimal(100)
    elif found := _WEIGHT.match(part):
        part, weight = part[found.end() :], number_of(found[1])
    text, _hash, feedback = part.partition("#")
    return " ".join(text.translate(_BARE).split()), weight, feedback.strip()


def _exact(question: MoodleQuestion, text: str) -> str:
    number, _colon, tolerance = text.partition(":")
    question.note(_("Gaps compare numbers exactly; their tolerance stays behind."), when=tolerance.strip("0. "))
    return number.strip()


def words_in_text(question: MoodleQuestion) -> Entry:
    """[[1]] is the place of the first word; who answers chooses among the words of its group."""
    boxes = children(question.node, "dragbox") + children(question.node, "selectoption")
    words = [(question.line(as_markdown(value(box, "text"))), value(box, "group") or "1") for box in boxes]
    gaps: list[Entry] = []

    def replaced(match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= len(words):
            raise Refused(_("There is no word for the gap [[%(n)s]].") % {"n": number})
        right, group = words[number - 1]
        offered = dict.fromkeys(word for word, of_group in words if of_group == group)
        rows = [{"text": word, "correct": word == right} for word in offered]
        gaps.append({"id": str(len(gaps) + 1), "mode": "chosen", "options": rows})
        return f"[[{len(gaps)}]]"

    stem, marked = _parted(question, _PLACE_BEGINS)
    return _gaps(stem, _PLACE.sub(replaced, marked), gaps)
