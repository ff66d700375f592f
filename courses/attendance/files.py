"""Attendance from elsewhere, row by row: from a file of Excel or CSV, or from a machine."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.attendance.actions import differs, held, minutes_problem, note
from courses.attendance.models import AttendanceImport
from courses.attendance.states import Fact, Presence, presence_of
from courses.sessions.models import Noted, Session, SessionPlace
from trainingsite.core.outcome import Outcome, Problem, refuse_rows
from trainingsite.core.tables import Layout, read_table
from trainingsite.people.models import User

MAX_ROWS = 2_000
HEADINGS = {
    "employee_number": ("工号", "工號", "员工编号", "员工号", "employee_number"),
    "name": ("姓名", "名字", "name"),
    "presence": ("出勤", "到场", "是否到场", "出席", "簽到", "签到", "attendance", "present"),
    "late": ("迟到（分钟）", "迟到(分钟)", "迟到分钟", "迟到", "遲到", "late_(minutes)", "late_minutes"),
    "left": ("早退（分钟）", "早退(分钟)", "早退分钟", "早退", "left_early_(minutes)", "left_early_minutes"),
    "reason": ("原因", "备注", "備註", "请假原因"),
    "department": ("部门", "部門"),
    "noted": ("记录方式", "記錄方式"),
    "checked_in": ("签到时间", "簽到時間"),
}
LAYOUT = Layout(HEADINGS, ("presence",), MAX_ROWS)
WORDS = {
    Presence.PRESENT: (
        "present",
        "yes",
        "y",
        "1",
        "true",
        "是",
        "到",
        "到场",
        "到場",
        "出席",
        "已到",
        "√",
        "✓",
        "出勤",
    ),
    Presence.ABSENT: ("absent", "no", "n", "0", "false", "否", "缺席", "未到", "缺勤", "旷课", "×", "✗", "x"),
    Presence.EXCUSED: ("excused", "leave", "请假", "請假", "病假", "事假"),
}
MEANT = {word: presence for presence, words in WORDS.items() for word in words}


@dataclass
class Sheet:
    """What the rows say: the facts with the row of each and the place as it is now, and what is wrong."""

    rows: list[tuple[int, Fact, SessionPlace]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def facts(self) -> list[Fact]:
        return [fact for _row, fact, _place in self.rows]


def read_rows(session: Session, rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """Each row as a fact about somebody with a seat, or as a problem; two queries whatever the number of rows."""
    sheet, known, seen = Sheet(), _Seats.of(session), set[int]()
    for number, row in enumerate(rows, 1):
        try:
            place = known.found(row, seen)
            seen.add(place.person_id)
            sheet.rows.append((number, _fact(session, place, row), place))
        except _Wrong as wrong:
            sheet.problems.append(Problem(number, wrong.field, wrong.message))
    return sheet


class _Wrong(Exception):  # noqa: N818 - stays within this module
    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = name, message


@dataclass(frozen=True)
class _Seats:
    """Who has a seat, by number and by name."""

    numbers: dict[str, SessionPlace]
    names: dict[str, list[SessionPlace]]
    ids: dict[str, SessionPlace]

    @classmethod
    def of(cls, session: Session) -> "_Seats":
        places, names = list(held(session)), defaultdict(list)
        for place in places:
            names[place.person.name].append(place)
        numbers = {place.person.employee_number: place for place in places if place.person.employee_number}
        return cls(numbers, dict(names), {str(place.person_id): place for place in places})

    def found(self, row: Mapping[str, Any], seen: Collection[int]) -> SessionPlace:
        """The place of whoever the row names; nobody is named twice."""
        place = self._named(row)
        if place.person_id in seen:
            raise _Wrong("person", _("%(name)s stands in another row already.") % {"name": place.person})
        return place

    def _named(self, row: Mapping[str, Any]) -> SessionPlace:
        if number := _text(row, "employee_number"):
            return self._one("employee_number", number, [self.numbers[number]] if number in self.numbers else [])
        if pk := _text(row, "person"):
            return self._one("person", pk, [self.ids[pk]] if pk in self.ids else [])
        name = _text(row, "name")
        if not name:
            raise _Wrong("employee_number", _("An employee number or a name is needed."))
        return self._one("name", name, self.names.get(name, []))

    def _one(self, where: str, said: str, found: Sequence[SessionPlace]) -> SessionPlace:
        if not found:
            raise _Wrong(where, _("“%(who)s” has no seat in this session.") % {"who": said})
        if len(found) > 1:
            raise _Wrong(where, _("Several people are called “%(who)s”; give the employee number.") % {"who": said})
        return found[0]


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _fact(session: Session, place: SessionPlace, row: Mapping[str, Any]) -> Fact:
    said = _text(row, "presence").lower()
    if said not in MEANT:
        text = _("“%(said)s” is neither present, absent nor excused.") if said else _("Present, absent or excused?")
        raise _Wrong("presence", text % {"said": said} if said else text)
    late, left = (_minutes(row, name) for name in ("late", "left"))
    reason = _text(row, "reason") or (_text(row, "presence") if said in {"病假", "事假"} else "")
    if len(reason) > SessionPlace._meta.get_field("excused_reason").max_length:  # type: ignore[operator]
        raise _Wrong("reason", _("At most %(n)s characters.") % {"n": 200})
    fact = Fact(place.person_id, MEANT[said], late, left, reason)
    if problem := minutes_problem(session, fact):
        raise _Wrong("late", problem)
    return fact


def _minutes(row: Mapping[str, Any], name: str) -> int | None:
    said = _text(row, name).removesuffix("分钟").removesuffix("分").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 5):  # noqa: PLR2004 - a week has 10080
        raise _Wrong(name, _("“%(said)s” is no number of minutes.") % {"said": said[:30]})
    return int(said)


def changes(sheet: Sheet) -> Iterator[tuple[int, Fact, SessionPlace, str]]:
    """Each row with what it does: "new", "changed", "against the code" or "same"."""
    for row, fact, place in sheet.rows:
        before = presence_of(place)
        if before is None:
            yield row, fact, place, "new"
        elif not differs(place, fact):
            yield row, fact, place, "same"
        else:
            against = place.noted_by == Noted.CODE and before != fact.presence
            yield row, fact, place, "code" if against else "changed"


@transaction.atomic
def save_attendance(
    session: Session, rows: Sequence[Mapping[str, Any]], *, by: User | None, at: datetime, reason: str = ""
) -> Outcome:
    """Take all rows or none; raises RowsRefused, which names each row that is wrong. A repeat changes nothing."""
    sheet = read_rows(session, rows)
    refuse_rows(sheet.problems)
    known = {place.pk for _row, _fact, place in sheet.rows if presence_of(place) is not None}
    changed = note(session, sheet.facts, by=by, at=at, how=Noted.IMPORT, anyway=True, reason=reason)
    created = min(changed, len(sheet.rows) - len(known))
    return Outcome(created=created, changed=changed - created, unchanged=len(sheet.rows) - changed)


@transaction.atomic
def upload(session: Session, data: bytes, name: str, *, by: User) -> AttendanceImport:
    """Read the file and keep its rows; nothing is changed yet."""
    sheet = read_table(data, LAYOUT)
    return AttendanceImport.objects.create(
        session=session, owner=by, file_name=name[-200:], rows=sheet.rows, lines=sheet.lines
    )


@transaction.atomic
def apply(waiting: AttendanceImport, *, at: datetime, reason: str = "") -> Outcome:
    """Take all rows or none; a repeat finds the file applied and changes nothing."""
    found = (
        AttendanceImport.objects.select_for_update(of=("self",)).select_related("session", "owner").get(pk=waiting.pk)
    )
    if found.applied_at:
        return Outcome(unchanged=len(found.rows))
    outcome = save_attendance(found.session, found.rows, by=found.owner, at=at, reason=reason)
    AttendanceImport.objects.filter(pk=found.pk).update(applied_at=at, rows=[], lines=[])
    return outcome
