"""A row of the sheet as a question."""

import re
from collections.abc import Callable
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.choices import true_or_false
from assessments.exchange.formats.excel.columns import FALSE, KINDS, LEVELS, STATUSES, TRUE, Part, Row, named
from assessments.exchange.parsed import Entry, without_empty
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

_SETTING = re.compile(r"^\s*([a-z_]+)\s*[=:]\s*(.*)$")
_CREDIT = re.compile(r"^(.*?)\s*\|\s*(\d{1,3})\s*%?$")
_NUMBER = re.compile(r"^\s*(.+?)\s*(?:±\s*(.+?))?\s*$")
ANSWER_LETTERS = re.compile(r"^[A-L](?:[,,、;\s]*[A-L])*$")


def entry_of(row: Row) -> Entry:
    """The question; an empty dictionary for a row that asks nothing."""
    kind = named(row.get("kind"), KINDS)
    if not row.get("stem") and not row.parts() and not kind:
        return {}
    if kind not in READERS:
        kinds = listed(words[0] for words in KINDS.values())
        raise Refused(_("The kind must be one of %(kinds)s.") % {"kinds": kinds}, field="kind")
    tags = [tag for tag in re.split(r"[,,、;;]\s*", row.get("tags")) if tag]
    status, level = named(row.get("status"), STATUSES), _level_of(row)
    facts: Entry = {name: row.get(name) for name in ("code", "topic", "category", "competency", "language", "source")}
    facts |= {"tags": tags, "status": status, "difficulty": level}
    texts = {"stem": row.get("stem"), "explanation": row.get("explanation")}
    return without_empty({**facts, "kind": kind, **texts, "content": READERS[kind](row)}) | {"stem": row.get("stem")}


def _level_of(row: Row) -> int | None:
    level = named(row.get("difficulty"), LEVELS)
    if not level:
        return None
    if level not in LEVELS:
        raise Refused(_("The difficulty must be 1, 2 or 3."), field="difficulty")
    return int(level)


def settings_of(row: Row) -> dict[str, str]:
    """The lines of the column of settings: name = value."""
    lines = [line for line in row.get("settings").split("\n") if line.strip()]
    found: dict[str, str] = {}
    for line in lines:
        match = _SETTING.match(line)
        if not match:
            raise Refused(_("A setting is name = value; this is not: %(line)s") % {"line": line[:60]}, field="settings")
        found[match[1]] = match[2].strip()
    return found


def _number(settings: dict[str, str], name: str) -> int | None:
    text = settings.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - what a database counts
        raise Refused(_("“%(text)s” is no whole number.") % {"text": text[:40]}, field="settings")
    return int(text)


def _truth_of(text: str, field: str) -> bool:
    plain = text.strip().lower()
    if plain in TRUE or plain in FALSE:
        return plain in TRUE
    raise Refused(_("“%(text)s” is neither true nor false.") % {"text": text[:40]}, field=field)


def _credit(text: str, field: str, usual: int = 100) -> int:
    plain = text.strip().removesuffix("%").strip()
    if not plain:
        return usual
    if not (plain.isascii() and plain.isdigit() and int(plain[:4]) <= 100):  # noqa: PLR2004 - percent
        raise Refused(_("“%(text)s” is no percentage of 0 to 100.") % {"text": text[:40]}, field=field)
    return int(plain[:4])


def _told(row: Entry, feedback: str) -> Entry:
    return {**row, "feedback": feedback} if feedback else row


def _choices(row: Row) -> Entry:
    """Right is what the answer names by its letter, or what has a tick beside it."""
    letters = set(re.findall(r"[A-L]", row.get("answer").upper()))
    if row.get("answer") and not ANSWER_LETTERS.match(row.get("answer").strip().upper()):
        raise Refused(_("The answer names options by their letters, as in AC."), field="answer")
    options = []
    for number, text, value, feedback in row.parts():
        ticked = _truth_of(value, f"value{number}") if value else ascii_uppercase[number - 1] in letters
        options.append(_told({"text": text, "correct": ticked}, feedback))
    return {"options": options}


def _true_false(row: Row) -> Entry:
    told = {number: feedback for number, _text, _value, feedback in row.parts()}
    told |= {n: row.get(f"feedback{n}") for n in (1, 2)}
    right = _truth_of(row.get("answer"), "answer")
    content: Entry = true_or_false(right, {True: told.get(1, ""), False: told.get(2, "")})["content"]
    return content


def _best_reply(row: Row) -> Entry:
    parts = row.parts()
    return {"options": [_told({"text": t, "credit": _credit(v, f"value{n}", 0)}, f) for n, t, v, f in parts]}


def _matching(row: Row) -> Entry:
    stems: list[Entry] = []
    choices: dict[str, str] = {}
    for number, left, right, _feedback in row.parts():
        if not right:
            raise Refused(_("Each item needs its partner beside it."), field=f"part{number}")
        key = choices.setdefault(right, f"c{len(choices) + 1}")
        if left:
            stems.append({"id": f"s{len(stems) + 1}", "text": left, "match": key})
    return {"stems": stems, "choices": [{"id": key, "text": text} for text, key in choices.items()]}


def _ordering(row: Row) -> Entry:
    grading = settings_of(row).get("grading", "places")
    return {"items": [{"text": text} for _n, text, _v, _f in row.parts()], "grading": grading}


def _gaps(row: Row) -> Entry:
    """A part is a gap, its lines the answers: typed, or chosen where one begins with *."""
    gaps = []
    for number, text, value, _feedback in row.parts():
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        chosen = value in {"chosen", "选择"} or (not value and any(line.startswith("*") for line in lines))
        if chosen:
            options = [{"text": line.lstrip("*").strip(), "correct": line.startswith("*")} for line in lines]
            gaps.append({"id": str(number), "mode": "chosen", "options": options})
        else:
            gaps.append({"id": str(number), "mode": "typed", "answers": [_typed(line) for line in lines]})
    return {"text": row.get("text"), "gaps": gaps}


def _typed(line: str) -> Entry:
    found = _CREDIT.match(line)
    return {"text": found[1], "credit": min(int(found[2]), 100)} if found else {"text": line, "credit": 100}


def _accepted(row: Row) -> list[Part]:
    """The answers that count: the parts or, where there are none, what stands in the column of the answer."""
    return row.parts() or ([(1, row.get("answer"), "", "")] if row.get("answer") else [])


def _short(row: Row) -> Entry:
    settings = settings_of(row)
    answers = [_told({"text": t, "credit": _credit(v, f"value{n}")}, f) for n, t, v, f in _accepted(row)]
    groups = [group.split("|") for group in settings.get("synonyms", "").split(";") if group.strip()]
    synonyms = [[word.strip() for word in group if word.strip()] for group in groups]
    case = _truth_of(settings["case"], "settings") if settings.get("case") else False
    return {"answers": answers, "case": case, **({"synonyms": synonyms} if synonyms else {})}


def _numerical(row: Row) -> Entry:
    settings = settings_of(row)
    units = [_unit(text) for text in settings.get("units", "").split("|") if text.strip()]
    answers = [
        _told({**_figure(text), "credit": _credit(value, f"value{number}")}, feedback)
        for number, text, value, feedback in _accepted(row)
    ]
    need = settings.get("unit") or ("optional" if units else "none")
    return {"answers": answers, "units": units, "unit": need}


def _unit(text: str) -> Entry:
    name, _sign, factor = text.partition("=")
    return {"name": name.strip(), "factor": factor.strip() or "1"}


def _figure(text: str) -> Entry:
    """A number and how far an answer may be from it: 7 ± 0.5."""
    found = _NUMBER.match(text)
    value, tolerance = found.groups() if found else (text, None)
    return {"value": value, "tolerance": tolerance or "0"}


def _essay(row: Row) -> Entry:
    settings = settings_of(row)
    return without_empty({"fewest": _number(settings, "fewest"), "most": _number(settings, "most"), **_model(row)})


def _model(row: Row) -> dict[str, str]:
    return {"model": row.get("text") or row.get("answer")}


def _upload(row: Row) -> Entry:
    settings = settings_of(row)
    endings = [
        ending.strip(". ") for ending in re.split(r"[,,、\s]+", settings.get("endings", "")) if ending.strip(". ")
    ]
    return without_empty({"endings": endings, "most_mb": _number(settings, "most_mb"), **_model(row)})


def _typing(row: Row) -> Entry:
    settings = settings_of(row)
    limits: dict[str, Any] = {name: _number(settings, name) for name in ("seconds", "goal", "accuracy")}
    return without_empty({"text": row.get("text"), **limits})


READERS: dict[str, Callable[[Row], Entry]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _true_false,
    "best_reply": _best_reply,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "short": _short,
    "numerical": _numerical,
    "essay": _essay,
    "upload": _upload,
    "typing": _typing,
}
