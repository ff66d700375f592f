"""Keep who teaches: what experts from outside are called and cost, what people of the company cost."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.instructors.models import Instructor
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


class Contact(TypedDict):
    """How to reach somebody from outside."""

    name: str
    company: str
    email: str
    phone: str


@transaction.atomic
def save_outside(
    instructor: Instructor | None, contact: Contact, *, hourly_cost: Decimal | None, note: str, by: User
) -> Instructor:
    """An expert from outside, new or with other facts. What past sessions have cost stays."""
    found = _locked(instructor) if instructor else Instructor()
    if not contact["name"].strip():
        raise Refused(_("Say what the instructor is called."), field="name", code="name_missing")
    others = Instructor.objects.filter(person=None, retired_at=None).exclude(pk=found.pk)
    if others.filter(name__iexact=contact["name"].strip(), company__iexact=contact["company"].strip()).exists():
        raise Refused(_("This instructor is known already."), field="name", code="instructor_twice")
    for name in Contact.__annotations__:
        setattr(found, name, contact[name].strip())  # type: ignore[literal-required]  # its own keys
    return _written(found, hourly_cost, note, by)


@transaction.atomic
def save_inside(instructor: Instructor, *, hourly_cost: Decimal | None, note: str, by: User) -> Instructor:
    """What an hour of somebody of the company costs."""
    return _written(_locked(instructor), hourly_cost, note, by)


def _locked(instructor: Instructor) -> Instructor:
    return Instructor.objects.select_for_update().get(pk=instructor.pk)


def _written(found: Instructor, hourly_cost: Decimal | None, note: str, by: User) -> Instructor:
    if hourly_cost is not None and hourly_cost < 0:
        raise Refused(_("An hour costs nothing or more."), field="hourly_cost", code="cost_negative")
    found.hourly_cost, found.note = hourly_cost, note.strip()
    with pghistory.context(user=by.pk):
        found.save()
    return found


@transaction.atomic
def retire_instructor(instructor: Instructor, *, by: User, at: datetime) -> Instructor:
    """Ask them no more; refused while sessions to come count on them. A repeat changes nothing."""
    found = _locked(instructor)
    if found.retired_at:
        return found
    if coming := found.sessions.filter(cancelled_at=None, ends_at__gt=at).count():
        text = ngettext(
            "%(name)s still gives %(n)s session: find somebody else for it first.",
            "%(name)s still gives %(n)s sessions: find somebody else for them first.",
            coming,
        )
        raise Refused(text % {"name": found, "n": coming}, code="instructor_in_use")
    return _retired(found, at, by)


@transaction.atomic
def bring_back_instructor(instructor: Instructor, *, by: User) -> Instructor:
    """Offer them again; a repeat changes nothing."""
    found = _locked(instructor)
    return _retired(found, None, by) if found.retired_at else found


def _retired(found: Instructor, at: datetime | None, by: User) -> Instructor:
    found.retired_at = at
    with pghistory.context(user=by.pk):
        found.save(update_fields=["retired_at"])
    return found
