"""Busy times of people: shifts, leave and what else another system knows; taken all or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from courses.planning.models import BusyKind, BusyTime
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome, Problem, refuse_rows
from trainingsite.people.models import User

MAX_ROWS = 20_000
MOST_HOURS = 24 * 366
FIELDS = {"source_key", "employee_number", "starts_at", "ends_at", "kind"}
KINDS = {
    "班次": "shift", "排班": "shift", "值班": "shift", "班": "shift", "休假": "leave", "请假": "leave", "年假": "leave",
    "請假": "leave", "其他": "other", "其它": "other",
}  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Busy:
    """One row that was read: whose time, and what another system calls it."""

    row: int
    person_id: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    source_key: str


@dataclass
class Plan:
    """What taking the rows would do: new, changed and unchanged busy times, and what is wrong."""

    new: list[Busy]
    changed: list[Busy]
    unchanged: list[Busy]
    problems: list[Problem]

    @property
    def outcome(self) -> Outcome:
        return Outcome(len(self.new), len(self.changed), len(self.unchanged), self.problems)


@transaction.atomic
def save_busy_times(rows: Sequence[Any]) -> Outcome:
    """Make or change the busy times of these keys, all or none; a repeat changes nothing. Three statements."""
    plan = plan_busy_times(rows)
    refuse_rows(plan.problems)
    touched = [_made(each) for each in (*plan.new, *plan.changed)]
    BusyTime.objects.bulk_create(
        touched,
        update_conflicts=True,
        unique_fields=["source_key"],
        update_fields=["person", "period", "kind"],
        batch_size=2000,
    )
    return plan.outcome


def _made(busy: Busy) -> BusyTime:
    period = (busy.starts_at, busy.ends_at)
    return BusyTime(person_id=busy.person_id, period=period, kind=busy.kind, source_key=busy.source_key)


def plan_busy_times(rows: Sequence[Any]) -> Plan:
    """Read every row and compare it with what is known; nothing is written."""
    if len(rows) > MAX_ROWS:
        message = _("At most %(max)s rows at once; these are %(n)s.") % {"max": MAX_ROWS, "n": len(rows)}
        raise Refused(message, code="too_many")
    people = _people(rows)
    plan = Plan([], [], [], [])
    read: dict[str, Busy] = {}
    for number, row in enumerate(rows, 1):
        busy = _read(number, row, people, plan.problems)
        if busy is None:
            continue
        if busy.source_key in read:
            message = _("Row %(row)s has the same value.") % {"row": read[busy.source_key].row}
            plan.problems.append(Problem(number, "source_key", message, "duplicate", busy.source_key))
        read.setdefault(busy.source_key, busy)
    _compare(plan, read)
    return plan


def _people(rows: Sequence[Any]) -> dict[str, int]:
    numbers = {str(row.get("employee_number", "")).strip() for row in rows if isinstance(row, Mapping)}
    return dict(User.objects.people().filter(employee_number__in=numbers).values_list("employee_number", "pk"))


def _compare(plan: Plan, read: dict[str, Busy]) -> None:
    known = {busy.source_key: busy for busy in BusyTime.objects.filter(source_key__in=read)}
    for key, busy in read.items():
        before = known.get(key)
        if before is None:
            plan.new.append(busy)
        elif (before.person_id, before.kind, before.period) == (busy.person_id, busy.kind, _range(busy)):
            plan.unchanged.append(busy)
        else:
            plan.changed.append(busy)


def _range(busy: Busy) -> DateTimeTZRange:
    return DateTimeTZRange(busy.starts_at, busy.ends_at)


def _read(number: int, row: Any, people: dict[str, int], problems: list[Problem]) -> Busy | None:
    """The row, or None when something is wrong with it; what is wrong is added to `problems`."""
    if not isinstance(row, Mapping):
        problems.append(Problem(number, "", _("A row is an object with named fields.")))
        return None
    faults = list(_faults(row, people))
    key = _text(row, "source_key") or _own_key(row)
    problems += [Problem(number, field, message, code, key) for field, message, code in faults]
    if faults:
        return None
    person = people[_text(row, "employee_number")]
    starts_at, ends_at = _moment(row, "starts_at"), _moment(row, "ends_at")
    assert starts_at is not None  # noqa: S101 - a missing one is a fault
    assert ends_at is not None  # noqa: S101 - the same
    return Busy(number, person, starts_at, ends_at, _kind(row), key)


def _faults(row: Row, people: dict[str, int]) -> list[tuple[str, str, str]]:
    """What is wrong with the row: field, message, code."""
    found = [(str(name), _("There is no such field."), "unknown_field") for name in row if name not in FIELDS]
    number = _text(row, "employee_number")
    if not number:
        found.append(("employee_number", _("This field is required."), "required"))
    elif number not in people:
        text = _("There is no person with “%(id)s”.") % {"id": number[:40]}
        found.append(("employee_number", text, "unknown"))
    if _kind(row) not in BusyKind.values:
        text = _("“%(text)s” is none of: shift, leave, other.") % {"text": _text(row, "kind")[:40]}
        found.append(("kind", text, "invalid"))
    if len(_text(row, "source_key")) > 100:  # noqa: PLR2004 - the column is a little longer
        found.append(("source_key", _("At most 100 characters."), "max_length"))
    return found + _time_faults(row)


def _time_faults(row: Row) -> list[tuple[str, str, str]]:
    starts_at, ends_at = _moment(row, "starts_at"), _moment(row, "ends_at")
    wrong = [name for name, moment in (("starts_at", starts_at), ("ends_at", ends_at)) if moment is None]
    if wrong:
        text = _("A date and time is needed, such as 2026-11-23 09:00.")
        return [(name, text, "invalid") for name in wrong]
    assert starts_at is not None  # noqa: S101 - looked at above
    assert ends_at is not None  # noqa: S101 - the same
    hours = (ends_at - starts_at).total_seconds() / 3600
    if hours <= 0:
        return [("ends_at", _("The end has to be after the start."), "ends_before_start")]
    return [("ends_at", _("Longer than a year."), "too_long")] if hours > MOST_HOURS else []


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _kind(row: Row) -> str:
    text = _text(row, "kind").lower() or BusyKind.SHIFT
    return KINDS.get(text, text)


def _moment(row: Row, name: str) -> datetime | None:
    """The moment; without a zone it is meant in the zone of whoever sends it."""
    text = _text(row, name).replace("/", "-").replace(" ", "T", 1)
    try:
        found = parse_datetime(_padded(text))
    except ValueError:
        return None
    if found is None or found.year < 1970:  # noqa: PLR2004 - earlier ones are slips of the keyboard
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _padded(text: str) -> str:
    """2026-3-1T9:00, as Excel writes it, with its zeros."""
    day, mark, hour = text.partition("T")
    day = "-".join(part.zfill(2) for part in day.split("-"))
    return f"{day}{mark}0{hour}" if hour[1:2] == ":" else f"{day}{mark}{hour}"


def _own_key(row: Row) -> str:
    """The key of a row that has none: whose, from when, what; the same row again is the same busy time."""
    begin = _moment(row, "starts_at")
    return f"{_text(row, 'employee_number')}:{begin.isoformat() if begin else ''}:{_kind(row)}"[:120]
