"""Enrol, learn, complete, extend, withdraw. The bulk forms stand in `bulk`, what the clock does in `deadlines`."""

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, Unit
from courses.enrolment.bulk import complete_many, enrol_many
from courses.enrolment.deadlines import mark_overdue, remind, remind_now
from courses.enrolment.hooks import completed
from courses.enrolment.models import Enrolment, Scope, UnitProgress
from courses.prerequisites.actions import PrerequisiteMissing, missing_prerequisites
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = [
    "complete_many",
    "complete_unit",
    "enrol",
    "enrol_many",
    "extend",
    "mark_overdue",
    "open_unit",
    "remind",
    "remind_now",
    "required_units",
    "withdraw",
]


@transaction.atomic
def enrol(
    person: User, course: Course, *, on: date, due_on: date | None = None, scope: Scope = Scope.FULL
) -> Enrolment:
    """Give `person` the course; who has it open already keeps the open one as it is."""
    enrol_many([person.pk], course, on=on, due_on=due_on, scope=scope)
    return Enrolment.objects.open().get(person=person, course=course)


def required_units(enrolment: Enrolment) -> QuerySet[Unit]:
    """The units that complete the enrolment: those of its version, of them only the tests when the scope says so."""
    units = Unit.objects.filter(course=enrolment.course_id).in_version(enrolment.version)
    return units if enrolment.scope == Scope.FULL else units.filter(kind__in=assessing_kinds())


@transaction.atomic
def open_unit(enrolment: Enrolment, unit: Unit, *, at: datetime) -> UnitProgress:
    """Note that the person has opened the unit; the first time counts.

    Refused while a course is missing that has to be completed first; whoever has begun may go on, and a refresher
    asks for nothing first.
    """
    found = _locked(enrolment, unit)
    if found.is_open and found.started_at is None:
        if found.scope == Scope.FULL and (missing := missing_prerequisites(found.person, found.course)):
            raise PrerequisiteMissing(missing, found.pk)
        found.started_at = at
        found.save(update_fields=["started_at"])
    return UnitProgress.objects.get_or_create(enrolment=found, unit=unit, defaults={"opened_at": at})[0]


@transaction.atomic
def complete_unit(enrolment: Enrolment, unit: Unit, *, at: datetime) -> Enrolment:
    """Note that the unit is done, and with the last required one that the course is; a repeat changes nothing.

    Opened again after the course was completed, a unit leaves the completed enrolment as it is.
    """
    found = _locked(enrolment, unit)
    if found.is_open:
        open_unit(found, unit, at=at)
        UnitProgress.objects.filter(enrolment=found, unit=unit, completed_at=None).update(completed_at=at)
        _complete_when_done(found, at)
    found.refresh_from_db()
    return found


def _complete_when_done(enrolment: Enrolment, at: datetime) -> None:
    done = UnitProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False)
    if required_units(enrolment).exclude(pk__in=done.values("unit")).exists():
        return
    if required_units(enrolment).exists():
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at, started_at=Coalesce("started_at", at))
        completed([enrolment.pk], at)


def _locked(enrolment: Enrolment, unit: Unit | None = None) -> Enrolment:
    """The enrolment's present row, locked; refuses a unit of another course and an enrolment that was withdrawn."""
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if unit is not None and unit.course_id != found.course_id:
        raise Refused(_("This unit belongs to another course."), code="unit_of_other_course")
    if unit is not None and found.withdrawn_at:
        raise Refused(_("This enrolment was withdrawn."), code="enrolment_withdrawn")
    return found


@transaction.atomic
def withdraw(enrolment: Enrolment, *, reason: str, at: datetime) -> Enrolment:
    """End the enrolment without a completion; the reason is kept. A repeat changes nothing."""
    found = _locked(enrolment)
    if found.completed_at:
        raise Refused(_("A completed course stays in the record."), code="enrolment_completed")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_reason = at, reason.strip()
        found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    return found


@transaction.atomic
def extend(enrolment: Enrolment, *, due_on: date, by: User | None, on: date | None = None) -> Enrolment:
    """Move the deadline to `due_on`, today or later; an overdue enrolment is then no longer overdue."""
    if due_on < (on or clock.today()):
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")
    found = _locked(enrolment)
    if not found.is_open:
        raise Refused(_("Only an open enrolment has a deadline to move."), code="enrolment_not_open")
    with pghistory.context(user=by.pk if by else None):
        found.due_on, found.overdue_since = due_on, None
        found.save(update_fields=["due_on", "overdue_since"])
    return found
