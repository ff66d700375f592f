"""The rows of an uploaded file as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trainingsite.people.hr_sync.batch import Draft
from trainingsite.people.models import Department, Position, Status, User

LINKED: dict[str, Any] = {"department": Department, "position": Position, "manager": User}
LEVELS = {"error": "bad", "new": "good", "changed": "info", "unchanged": "neutral"}

WORDS = {
    "error": pgettext_lazy("row", "faulty"),
    "new": pgettext_lazy("row", "new"),
    "changed": pgettext_lazy("row", "changed"),
    "unchanged": pgettext_lazy("row", "unchanged"),
}


@dataclass(frozen=True)
class Line:
    """One row of the file: what it says, and what applying would do."""

    number: int
    state: str
    level: str
    word: str
    values: dict[str, Any]
    details: list[tuple[str, str]]


def lines_of(pairs: Iterable[tuple[Draft[User], int]]) -> list[Line]:
    """The lines of one page; three queries at most, whatever their number."""
    shown_pairs = list(pairs)
    names = {name: _names(model, name, shown_pairs) for name, model in LINKED.items()}
    return [_line(draft, number, names) for draft, number in shown_pairs]


def _names(model: Any, field: str, pairs: list[tuple[Draft[User], int]]) -> dict[Any, Any]:
    """What the rows were called that people leave: their old department, position or manager."""
    wanted = {draft.changes[field][0] for draft, _line in pairs if field in draft.changes} - {None}
    found: dict[Any, Any] = model.objects.in_bulk(wanted) if wanted else {}
    return found


def _line(draft: Draft[User], number: int, names: dict[str, dict[Any, Any]]) -> Line:
    details = [(label(problem.field), problem.message) for problem in draft.problems]
    if draft.state == "changed":
        details = [_change(draft, name, old, new, names) for name, (old, new) in draft.changes.items()]
    return Line(number, draft.state, LEVELS[draft.state], str(WORDS[draft.state]), draft.values, details)


def _change(draft: Draft[User], name: str, old: Any, new: Any, names: dict[str, dict[Any, Any]]) -> tuple[str, str]:
    if name in LINKED:
        old, new = names[name].get(old), getattr(draft.target, name)
    return label(name), f"{shown(name, old)} → {shown(name, new)}"


def label(name: str) -> str:
    """The field as people call it."""
    try:
        return capfirst(str(User._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # a column
    except LookupError:
        return name


def shown(name: str, value: Any) -> str:
    if name == "status":
        return str(dict(Status.choices).get(value, value))
    if isinstance(value, list):
        return "、".join(value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in {None, ""} else "–"
