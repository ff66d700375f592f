"""Shifts and languages of many people at once, as the HR system knows them; one bad row refuses all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.availability.models import Availability, Shift, Speech
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome, Problem, refuse_rows
from trainingsite.people.models import User
from trainingsite.people.staff.models import PersonQuerySet

MAX_ROWS = 20_000
LISTS = {"shifts": Shift.values, "languages": Speech.values}
FIELDS = {"person", "employee_number", *LISTS}


@dataclass(frozen=True)
class Said:
    """A row that was read: what it says of whom; a list that is left out is None and stays as it is."""

    person_id: int
    shifts: list[str] | None
    languages: list[str] | None


@transaction.atomic
def save_availabilities(rows: Sequence[Any], *, people: PersonQuerySet, partial: bool = False) -> Outcome:
    """Say shifts and languages of `people`, each named by id or employee number; a repeat changes nothing.

    With `partial` the good rows are taken and the others listed. Four statements, however many rows.
    """
    if len(rows) > MAX_ROWS:
        message = _("At most %(max)s rows at once; these are %(n)s.") % {"max": MAX_ROWS, "n": len(rows)}
        raise Refused(message, code="too_many")
    problems: list[Problem] = []
    said = _read(rows, people, problems)
    if not partial:
        refuse_rows(problems)
    return _store(said, problems)


def _store(said: dict[int, Said], problems: list[Problem]) -> Outcome:
    """Write what differs from what is known."""
    known = {row.person_id: row for row in Availability.objects.select_for_update().filter(person__in=said)}
    new = [
        Availability(person_id=pk, shifts=one.shifts or [], languages=one.languages or [])
        for pk, one in said.items()
        if pk not in known
    ]
    changed = [row for pk, row in known.items() if _differs(row, said[pk])]
    columns = ["shifts", "languages"]
    Availability.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["person"], update_fields=columns, batch_size=2000
    )
    Availability.objects.bulk_update(changed, columns, batch_size=2000)
    return Outcome(len(new), len(changed), len(known) - len(changed), problems)


def _differs(row: Availability, said: Said) -> bool:
    """Put into the row what was said; whether that changes it."""
    before = row.shifts, row.languages
    row.shifts = row.shifts if said.shifts is None else said.shifts
    row.languages = row.languages if said.languages is None else said.languages
    return (row.shifts, row.languages) != before


def _read(rows: Sequence[Any], people: PersonQuerySet, problems: list[Problem]) -> dict[int, Said]:
    """What the good rows say, by person; what is wrong with the others is added to `problems`."""
    by_id, by_number = _people(rows, people)
    said: dict[int, Said] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            problems.append(Problem(number, "", _("A row is an object with named fields.")))
            continue
        person = by_id.get(_id(row)) if "person" in row else by_number.get(_text(row))
        faults = list(_faults(row, person))
        if person in said:
            faults.append(("employee_number", _("The person is named twice."), "duplicate"))
        problems += [Problem(number, field, message, code, _text(row)[:64]) for field, message, code in faults]
        if not faults and person is not None:
            said[person] = Said(person, _list(row, "shifts"), _list(row, "languages"))
    return said


def _people(rows: Sequence[Any], people: PersonQuerySet) -> tuple[dict[int, int], dict[str, int]]:
    """The people whom the rows name, by id and by employee number."""
    named = [row for row in rows if isinstance(row, Mapping)]
    ids = {_id(row) for row in named if "person" in row}
    numbers = {_text(row) for row in named if "person" not in row} - {""}
    by_id = {pk: pk for pk in people.filter(pk__in=ids).values_list("pk", flat=True)} if ids else {}
    found = people.filter(employee_number__in=numbers).values_list("employee_number", "pk") if numbers else []
    return by_id, {str(number): pk for number, pk in found}


def _faults(row: Mapping[str, Any], person: int | None) -> list[tuple[str, str, str]]:
    found = [(str(name), _("There is no such field."), "unknown_field") for name in row if name not in FIELDS]
    if person is None:
        field = "person" if "person" in row else "employee_number"
        text = _("There is no person with “%(id)s”.") % {"id": str(row.get(field, ""))[:40]}
        found.append((field, text, "unknown"))
    for name, known in LISTS.items():
        value = row.get(name)
        if name in row and not (isinstance(value, list) and all(each in known for each in value)):
            text = _("A list of: %(known)s.") % {"known": ", ".join(known)}
            found.append((name, text, "invalid"))
    return found


def _list(row: Mapping[str, Any], name: str) -> list[str] | None:
    """What was given, each once, in the order of the list; None when it was left out."""
    return [value for value in LISTS[name] if value in row[name]] if name in row else None


def _text(row: Mapping[str, Any]) -> str:
    """The number that was given; "" where it is none, as with a character that PostgreSQL does not take."""
    text = str(row.get("employee_number") or "").strip()
    return "" if "\x00" in text else text


def _id(row: Mapping[str, Any]) -> int:
    """The key that was given; -1 where it is none."""
    value = row["person"]
    return value if type(value) is int and 0 < value < 2**63 else -1


def only(person: User) -> PersonQuerySet:
    """Just this person, for a door that names the one it changes."""
    found: PersonQuerySet = User.objects.filter(pk=person.pk)
    return found
