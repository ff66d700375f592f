"""The columns of a matrix: the competencies in use, in the order of the framework."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from courses.models import Competency


@dataclass(frozen=True)
class Column:
    """A competency with its group, and how many levels it has."""

    pk: int
    code: str
    title: str
    group_id: int
    group: str
    levels: int

    @property
    def key(self) -> str:
        """What the address sorts by."""
        return f"c{self.pk}"


@dataclass(frozen=True)
class Band:
    """Columns of one group, side by side."""

    title: str
    width: int


def columns() -> list[Column]:
    """Every competency in use. One query."""
    rows = Competency.objects.in_use().select_related("group").annotate(number=Count("levels"))
    rows = rows.order_by("group__position", "position", "pk")  # counting leaves a model's own order out
    return [
        Column(row.pk, row.code, str(row), row.group_id, str(row.group), row.number)  # type: ignore[attr-defined]  # counted
        for row in rows
    ]


def bands(shown: list[Column]) -> list[Band]:
    """The groups that stand above the columns."""
    return [Band(title, len(list(inside))) for title, inside in groupby(shown, key=lambda column: column.group)]
