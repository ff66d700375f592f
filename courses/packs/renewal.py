"""Bring a course that learners have to what a pack says: in a new version, when there is anything new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.actions import retire
from courses.curriculum.differences import Differences, differences
from courses.curriculum.drafts import editable, put_order, units_of
from courses.curriculum.models import Course, CourseStatus, CourseVersion, Reask, Unit
from courses.curriculum.publishing import NotReady
from courses.curriculum.versions import drop_copies, publish_version, start_version
from courses.packs.parts import UNIT_PARTS, Problem
from courses.packs.reader import PackCourse, PackUnit
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@dataclass(frozen=True)
class Taking:
    """Who takes the pack and when, and what those who completed a changed course are asked for."""

    by: User | None
    at: datetime
    notes: str = ""
    reask: Reask | str = Reask.NOBODY
    ask_due_on: date | None = None


@dataclass(frozen=True)
class Renewed:
    """What became of a course: what differs (nothing: it is as the pack says), and the units that the pack lacks."""

    differences: Differences
    extra: list[str]
    problems: list[Problem]


def renew(course: Course, packed: PackCourse, taking: Taking) -> Renewed:
    """Publish the course anew as the pack has it; with nothing new, nothing is changed at all.

    A draft that somebody is writing is a problem then, since the pack must neither publish nor overwrite it.
    """
    slugs = {unit.slug for unit in packed.units}
    extra = [str(unit) for unit in course.units.in_use() if unit.slug not in slugs]
    with transaction.atomic():
        written = course.versions.open().first()
        if written:
            _set_aside(written)
        draft = start_version(course, by=taking.by, at=taking.at)
        problems = _write(draft, packed)
        drop_copies(draft)
        found = differences(draft)
        if not found and not problems:
            transaction.set_rollback(True)
        elif written:
            message = _("Somebody is writing a new version of this course. Publish it or throw it away first.")
            problems.append(Problem("", message, packed.file))
        elif not problems:
            problems = _publish(course, packed, taking)
    return Renewed(found, extra, problems)


def _set_aside(draft: CourseVersion) -> None:
    """Compare as if nobody were writing; all of this is taken back unless the pack changes nothing."""
    units = Unit.objects.filter(course=draft.course_id)
    units.filter(introduced_in=draft.number).delete()
    units.filter(removed_in=draft.number).update(removed_in=None)
    draft.delete()


def _write(draft: CourseVersion, packed: PackCourse) -> list[Problem]:
    """Bring the draft to what the pack says."""
    known = {unit.slug: unit for unit in units_of(draft)}
    problems: list[Problem] = []
    wanted: list[int] = []
    for place, unit in enumerate(packed.units, start=1):
        row = _unit(draft, known.get(unit.slug), unit, place)
        problems += hand_parts(row, unit, packed.file)
        wanted.append(row.pk)
    put_order(draft, _order(wanted, units_of(draft)))
    return problems


def _unit(draft: CourseVersion, known: Unit | None, packed: PackUnit, place: int) -> Unit:
    """The unit of the draft as the pack has it; what may differ is written into a copy."""
    if known is None:
        fields = {**packed.fields, "position": place, "introduced_in": draft.number}
        return Unit.objects.create(course=draft.course, slug=packed.slug, **fields)
    fields = {name: value for name, value in packed.fields.items() if name != "position"}
    if not packed.parts and all(getattr(known, name) == value for name, value in fields.items()):
        return known
    copy = editable(known)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save(update_fields=list(fields))
    return copy


def hand_parts(unit: Unit, packed: PackUnit, file: str) -> list[Problem]:
    """Hand the unit's parts to the apps that own them; every problem that they have with them."""
    problems = []
    for name, part in packed.parts.items():
        try:
            UNIT_PARTS[name].load(unit, part)
        except Refused as refusal:
            problems.append(Problem(f"{packed.place}.{name}", str(refusal.message), file))
    return problems


def _order(wanted: Sequence[int], units: Sequence[Unit]) -> list[int]:
    """The order of the pack; a unit that it does not know stays behind the one that it follows now."""
    order = list(wanted)
    before: int | None = None
    for unit in units:
        if unit.pk not in order:
            order.insert(0 if before is None else order.index(before) + 1, unit.pk)
        before = unit.pk
    return order


def _publish(course: Course, packed: PackCourse, taking: Taking) -> list[Problem]:
    """Offer the new version; a course that somebody retired stays retired."""
    choices: dict[str, Any] = {"reask": taking.reask, "ask_due_on": taking.ask_due_on, "notes": taking.notes}
    try:
        publish_version(course, **choices, by=taking.by, at=taking.at)
    except NotReady as refusal:
        return [Problem("", message, packed.file) for message in refusal.problems]
    if course.status == CourseStatus.RETIRED:
        retire(course, at=taking.at)
    return []
