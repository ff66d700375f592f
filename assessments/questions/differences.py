"""What was changed from one version of a question to another, so that it can be read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.questions.models import QuestionVersion

SAME, GONE, NEW = "same", "gone", "new"
_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*%?|\s+|.", re.DOTALL)
Path = tuple[str, ...]
# What the parts of a content are called; a name that is missing here is shown as it stands.
NAMES = {
    "options": gettext_lazy("Option"),
    "stems": gettext_lazy("Left side"),
    "choices": pgettext_lazy("part of a question", "Choice"),
    "items": pgettext_lazy("part of a question", "Step"),
    "gaps": pgettext_lazy("part of a question", "Gap"),
    "answers": pgettext_lazy("part of a question", "Answer"),
    "areas": pgettext_lazy("part of a question", "Area"),
    "parts": pgettext_lazy("part of a question", "Part"),
    "units": gettext_lazy("Measure"),
    "synonyms": gettext_lazy("Synonyms"),
    "correct": pgettext_lazy("part of a question", "right"),
    "credit": gettext_lazy("credit (%)"),
    "feedback": gettext_lazy("feedback"),
    "match": gettext_lazy("belongs to"),
    "tolerance": gettext_lazy("tolerance"),
    "seconds": gettext_lazy("seconds"),
    "goal": gettext_lazy("characters per minute"),
    "accuracy": gettext_lazy("accuracy (%)"),
    "explanation": gettext_lazy("explanation"),
    "stem": gettext_lazy("question"),
    "points": gettext_lazy("points"),
    "model": gettext_lazy("model answer"),
    "image": gettext_lazy("picture"),
    "coords": gettext_lazy("coordinates"),
    "shape": gettext_lazy("shape"),
    "text": gettext_lazy("text"),
}


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part that differs: what it is called, and its text with what is gone and what is new."""

    where: str
    pieces: Sequence[Piece]


def changes(old: QuestionVersion, new: QuestionVersion) -> list[Change]:
    """Everything that differs, in the order of the new version; what only the old one had comes last."""
    before, after = _flat(old), _flat(new)
    paths = [*after, *(path for path in before if path not in after)]
    return [
        Change(_label(path, after if path in after else before), pieces(before.get(path, ""), after.get(path, "")))
        for path in paths
        if before.get(path, "") != after.get(path, "")
    ]


def pieces(old: str, new: str) -> list[Piece]:
    """Both texts in one: Chinese is compared by the character, numbers and Latin words as wholes."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    found: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(a[a1:a2])))
            continue
        found += [Piece(GONE, "".join(a[a1:a2]))] if a2 > a1 else []
        found += [Piece(NEW, "".join(b[b1:b2]))] if b2 > b1 else []
    return found


def _flat(version: QuestionVersion) -> dict[Path, str]:
    """Every value of the version as text, by its path; rows go by their ids."""
    found: dict[Path, str] = {("stem",): version.stem}
    found |= dict(_leaves(version.content, ()))
    found["explanation",] = version.explanation
    for language, texts in sorted(version.translations.items()):
        found |= dict(_leaves(texts, ("translations", language)))
    return found


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name != "id":
                yield from _leaves(each, (*path, str(name)))
    elif _is_rows(value):
        for number, row in enumerate(value, start=1):
            yield from _leaves(row, (*path, f"#{row.get('id') or number}"))
        yield (*path, "order"), " ".join(str(row.get("id") or "") for row in value)
    else:
        yield path, _said(value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "；".join(_said(each) for each in value)
    return "" if value is None else str(value)


def _label(path: Path, flat: Mapping[Path, str]) -> str:
    """The path in words: "Option 2 · feedback"."""
    if path[0] == "translations":
        return " · ".join([path[1], *(_place(part) for part in path[2:] if part != "texts")])
    if path[-1] == "order":
        return f"{_name(path[-2])} · {_('order')}"
    words: list[str] = []
    for place, part in enumerate(path):
        if part.startswith("#") and words:
            words[-1] += f" {_number(path[: place + 1], flat)}"
        elif part != "text" or place == 0:
            words.append(_name(part))
    return " · ".join(words)


def _place(path: str) -> str:
    """The path of a text in a translation: "options.a" is "Option a"."""
    name, _dot, rest = path.partition(".")
    return f"{_name(name)} {rest}".strip()


def _number(path: Path, flat: Mapping[Path, str]) -> int:
    """Which row it is, as the author sees them."""
    rows = list(dict.fromkeys(each[len(path) - 1] for each in flat if each[: len(path) - 1] == path[:-1]))
    return rows.index(path[-1]) + 1


def _name(part: str) -> str:
    return str(NAMES.get(part, part))
