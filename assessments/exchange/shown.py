"""The questions of an uploaded file as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assessments.questions.entries import titles_of
from assessments.questions.models import Kind

LEVELS = {"error": "bad", "new": "good", "changed": "info", "unchanged": "neutral"}
WORDS = {
    "error": pgettext_lazy("row", "faulty"),
    "new": pgettext_lazy("row", "new"),
    "changed": pgettext_lazy("row", "changed"),
    "unchanged": pgettext_lazy("row", "unchanged"),
}


@dataclass(frozen=True)
class Line:
    place: str
    name: str
    stem: str
    code: str
    question: int | None
    category: str
    kind: str
    level: str
    word: str
    details: list[tuple[str, str]]


def lines_of(rows: Iterable[dict[str, Any]]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: dict[str, Any]) -> Line:
    kind = dict(Kind.choices).get(row["kind"], row["kind"])
    details = [(field_word(field), message) for field, message in row["details"]]
    state, (name, stem) = row["state"], _named(row["name"], row.get("stem", ""))
    category = " / ".join(titles_of(row.get("category", "")))
    where = (row["code"], row.get("question"), category)
    return Line(row["place"], name, stem, *where, str(kind), LEVELS[state], str(WORDS[state]), details)


def _named(name: str, stem: str) -> tuple[str, str]:
    """The title and the question's words; a title that only begins those words is left out."""
    return (stem, "") if stem.startswith(name.removesuffix("…")) else (name, stem)


def field_word(name: str) -> str:
    """The field at fault, where it has a name that people know."""
    words = {
        "code": _("code"),
        "kind": _("kind"),
        "topic": _("topic"),
        "category": _("category"),
        "stem": _("question"),
        "explanation": _("explanation"),
        "options": _("options"),
        "difficulty": _("difficulty"),
        "tags": _("tags"),
        "language": _("language"),
        "status": _("status"),
    }
    return words.get(name, "")
