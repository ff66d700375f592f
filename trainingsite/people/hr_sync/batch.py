"""Rows that another system sends: read, checked one by one, and written in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.core.outcome import Outcome, Problem, refuse_rows

MAX_ROWS = 20_000

M = TypeVar("M", bound=models.Model)
Fields = Mapping[str, forms.Field]


@dataclass(eq=False)
class Draft(Generic[M]):
    """One row on its way into the database: what was read, what is wrong with it, the object that it makes."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    target: M | None = None
    before: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.values.get("external_id") or "")

    @property
    def is_new(self) -> bool:
        return self.target is None or self.target._state.adding  # noqa: SLF001 - the documented way to ask

    @property
    def state(self) -> str:
        """What applying the row would do: "error", "new", "changed" or "unchanged"."""
        if self.problems:
            return "error"
        if self.is_new:
            return "new"
        return "changed" if self.changes else "unchanged"

    def fault(self, name: str, message: str, code: str = "invalid") -> None:
        self.problems.append(Problem(self.row, name, message, code, self.external_id))


def read(rows: Sequence[Any], fields: Fields) -> list[Draft[Any]]:
    """Clean every row by itself; raises Refused when there are too many."""
    if len(rows) > MAX_ROWS:
        message = _("At most %(max)s rows at once; these are %(n)s.") % {"max": MAX_ROWS, "n": len(rows)}
        raise Refused(message, code="too_many")
    return [_read_one(number, row, fields) for number, row in enumerate(rows, 1)]


def _read_one(number: int, row: Any, fields: Fields) -> Draft[Any]:
    draft: Draft[Any] = Draft(number)
    if not isinstance(row, Mapping):
        draft.fault("", _("A row is an object with named fields."))
        return draft
    for name, value in row.items():
        if name not in fields:
            draft.fault(str(name), _("There is no such field."), "unknown_field")
            continue
        try:
            draft.values[name] = _clean(fields[name], value)
        except ValidationError as error:
            draft.fault(name, " ".join(error.messages), error.error_list[0].code or "invalid")
    return draft


def _clean(rule: forms.Field, value: Any) -> Any:
    kinds = (str, int, date, list) if getattr(rule, "takes_lists", False) else (str, int, date)
    if value is not None and not isinstance(value, kinds):
        raise ValidationError(_("A text is needed."), code="invalid")
    cleaned = rule.clean(value)
    return None if cleaned == "" and getattr(rule, "empty_value", "") is None else cleaned


def demand(drafts: Iterable[Draft[Any]], names: Iterable[str]) -> None:
    """A new row needs these fields; for one that is known a missing field means no change."""
    wanted = list(names)
    for draft in drafts:
        if draft.is_new:
            faulty = {problem.field for problem in draft.problems}
            for name in wanted:
                if name not in draft.values and name not in faulty:
                    draft.fault(name, _("This field is required."), "required")


def refuse_twins(drafts: Iterable[Draft[Any]], name: str) -> None:
    """Two rows of a batch may not claim the same value of a unique field."""
    claims: defaultdict[Any, list[Draft[Any]]] = defaultdict(list)
    for draft in drafts:
        if draft.values.get(name):
            claims[draft.values[name]].append(draft)
    for twins in claims.values():
        for twin in twins[1:]:
            message = _("Row %(row)s has the same value.") % {"row": twins[0].row}
            twin.fault(name, message, "duplicate")


def spread(drafts: Sequence[Draft[Any]], name: str, referred: Callable[[Draft[Any]], Draft[Any] | None]) -> None:
    """A row that refers to a faulty new row of its batch is faulty too, and so on."""
    while True:
        broken = [
            draft
            for draft in drafts
            if not draft.problems and (other := referred(draft)) and other.problems and other.is_new
        ]
        for draft in broken:
            draft.fault(name, _("The row that it refers to cannot be taken."), "broken_reference")
        if not broken:
            return


def compare(draft: Draft[Any], after: Mapping[str, Any]) -> None:
    """Keep what is different from `draft.before`."""
    draft.changes = {name: (draft.before[name], value) for name, value in after.items() if draft.before[name] != value}


def count(drafts: Sequence[Draft[Any]], *, partial: bool) -> Outcome:
    """The outcome of the batch; raises RowsRefused when a row is faulty, unless the good ones are wanted alone."""
    problems = [problem for draft in drafts for problem in draft.problems]
    if not partial:
        refuse_rows(problems)
    states = [draft.state for draft in drafts]
    return Outcome(states.count("new"), states.count("changed"), states.count("unchanged"), problems)


def to_write(drafts: Sequence[Draft[M]]) -> Iterator[M]:
    """The objects to insert and to update; the new ones get their ids, so that rows can refer to each other."""
    new = [draft.target for draft in drafts if draft.state == "new" and draft.target is not None]
    if new:
        for target, pk in zip(new, next_ids(type(new[0]), len(new)), strict=True):
            target.pk = pk
    for draft in drafts:
        if draft.state in {"new", "changed"} and draft.target is not None:
            yield draft.target


def next_ids(model: type[models.Model], number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [pk for (pk,) in cursor.fetchall()]


def one_at_a_time() -> None:
    """Let one batch after the other into the organisation, until the transaction ends."""
    take_turns("people.sync")


def text(length: int, *, required: bool = False, null: bool = False) -> forms.CharField:
    """A text field of the batch; `null` keeps an empty text as None, for unique fields."""
    return forms.CharField(max_length=length, required=required, empty_value=None if null else "")
