"""What became of many rows that were written at once: by import, by REST, by a content pack."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of one row; rows count from 1. `field` is "" when the row as a whole is wrong."""

    row: int
    field: str
    message: str
    code: str = "invalid"
    external_id: str = ""


@dataclass
class Outcome:
    """How many rows were new, changed or the same as before, and which were not taken."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def refuse_rows(problems: Iterable[Problem]) -> None:
    """Raise Refused with every problem of the rows, if there is one: all or nothing."""
    found = list(problems)
    if found:
        rows = len({problem.row for problem in found})
        message = _("%(n)s rows cannot be taken; nothing was changed.") % {"n": rows}
        raise RowsRefused(message, found)


class RowsRefused(Refused):
    """A batch was refused because of some of its rows."""

    def __init__(self, message: str, problems: list[Problem]) -> None:
        super().__init__(message, code="rows", rows=[(p.row, p.field, p.message) for p in problems])
        self.problems = problems
