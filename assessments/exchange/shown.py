"""The questions of an uploaded file as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

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
    code: str
    kind: str
    level: str
    word: str
    details: list[tuple[str, str]]


def lines_of(rows: Iterable[dict[str, Any]]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: dict[str, Any]) -> Line:
    kind = dict(Kind.choices).get(row["kind"], row["kind"])
    details = [(_field(field), message) for field, message in row["details"]]
    state = row["state"]
    return Line(row["place"], row["name"], row["code"], str(kind), LEVELS[state], str(WORDS[state]), details)


def _field(name: str) -> str:
    """The field at fault, in words where it has a name that people know."""
    words = {
        "code": _("code"),
        "kind": _("kind"),
        "stem": _("question"),
        "explanation": _("explanation"),
        "options": _("options"),
        "difficulty": _("difficulty"),
        "tags": _("tags"),
        "language": _("language"),
        "status": _("status"),
    }
    return words.get(name, name)
