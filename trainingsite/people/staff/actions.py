"""What is done to one person: hired, changed, gone; given and taken a role; given a password."""

from datetime import date
from secrets import choice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused
from trainingsite.people import hooks
from trainingsite.people.access import acts
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, RoleGrant, Status, User
from trainingsite.people.staff import rules
from trainingsite.people.staff.bulk import upsert_people

__all__ = [
    "change_person",
    "close_left",
    "grant",
    "hire",
    "leave",
    "new_password",
    "revoke",
    "set_preferences",
    "upsert_people",
]

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # what is read out on the telephone: no l and 1, no o and 0
UNIQUE = ("employee_number", "username", "external_id")


@transaction.atomic
def hire(*, by: User | None, on: date, **fields: Any) -> User:  # noqa: ARG001 - history names who asked
    """Add a person, who may log in once he or she has a password, and is a trainee."""
    person = User(password=make_password(None), hired_on=fields.pop("hired_on", None) or on)
    _store(person, fields, on=on)
    grant(person, Role.TRAINEE)
    return person


@transaction.atomic
def change_person(person: User, *, by: User | None, on: date, **changes: Any) -> User:  # noqa: ARG001 - as above
    """Change what is given, and nothing else."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    return _store(person, changes, on=on)


@transaction.atomic
def leave(person: User, *, on: date, today: date) -> User:
    """Note the last day: from then on the person cannot log in; what he or she learnt stays."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    return _store(person, {"left_on": on}, on=today)


def _store(person: User, fields: dict[str, Any], *, on: date) -> User:
    was = person.status
    for name, value in fields.items():
        setattr(person, name, value or None if name in {"employee_number", "external_id"} else value)
    person.username = person.username or person.employee_number or ""
    if not person.username:
        raise Refused(_("An employee number or a user name is needed."), field="employee_number", code="required")
    for name, message, code in rules.faults(person):
        raise Refused(message, field=name, code=code)
    _refuse_taken(person)
    rules.settle(person, on, was=was)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # somebody else was faster with the same number
        raise Refused(_("The person was entered by somebody else just now."), code="duplicate") from error
    hooks.announce([person.pk])
    return person


def _refuse_taken(person: User) -> None:
    for name in UNIQUE:
        value = getattr(person, name)
        others = User.objects.exclude(pk=person.pk).filter(**{name: value}) if value else User.objects.none()
        if holder := others.first():
            raise Refused(_("It belongs to %(name)s already.") % {"name": holder}, field=name, code="duplicate")


def close_left(*, on: date) -> int:
    """Mark the people whose last day has come as gone; a repeat finds none."""
    due = User.objects.filter(left_on__lte=on).exclude(status=Status.LEFT, is_active=False)
    with transaction.atomic():
        people = list(due.select_for_update(no_key=True).values_list("pk", flat=True))
        User.objects.filter(pk__in=people).update(status=Status.LEFT, is_active=False)
        hooks.announce(people)
    return len(people)


@transaction.atomic
def grant(person: User, role: Role | str, department: Department | None = None) -> RoleGrant:
    """Give the role; a supervisor gets it for a department and all below. A repeat returns the same grant."""
    role = Role(role)
    if role == Role.SUPERVISOR and department is None:
        raise Refused(_("Choose the department that is supervised."), field="department", code="required")
    if role != Role.SUPERVISOR and department is not None:
        raise Refused(_("Only a supervisor's role is for a department."), field="department", code="not_wanted")
    if (role == Role.API_CLIENT) != person.is_service:
        raise Refused(_("This role is for service accounts, the others are for people."), field="role", code="service")
    given, _created = RoleGrant.objects.get_or_create(user=person, role=role, department=department)
    hooks.announce([person.pk])
    return given


@transaction.atomic
def revoke(person: User, role: Role | str, department: Department | None = None) -> bool:
    """Take the role away; False when the person did not hold it. The last administrator keeps it."""
    if role == Role.ADMIN and not _other_admins(person):
        raise Refused(_("This is the last administrator: give the role to somebody else first."), code="last_admin")
    deleted, _by_model = RoleGrant.objects.filter(user=person, role=role, department=department).delete()
    hooks.announce([person.pk] if deleted else [])
    return bool(deleted)


def _other_admins(person: User) -> bool:
    grants = RoleGrant.objects.select_for_update().filter(role=Role.ADMIN, user__is_active=True)
    return any(grant.user_id != person.pk for grant in grants)


def set_preferences(person: User, *, locale: str, time_zone: str) -> None:
    """In which language and time zone the person sees the pages."""
    person.locale, person.time_zone = locale, time_zone
    person.save(update_fields=["locale", "time_zone"])


def new_password(person: User, *, by: User) -> str:
    """Set a password made by chance and return it, to be told to the person; nobody can read it again.

    Who could use it to gain rights is refused: the accounts of administrators are for administrators.
    """
    if person.may(acts.MANAGE_ACCESS) and not by.may(acts.MANAGE_ACCESS):
        raise Refused(_("Only an administrator sets the password of one."), code="not_yours")
    password = "-".join("".join(choice(READABLE) for _place in range(4)) for _group in range(3))
    person.set_password(password)
    person.save(update_fields=["password"])
    return password
