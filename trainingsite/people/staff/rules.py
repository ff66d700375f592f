"""The rules that a person's data keep, whoever writes them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from trainingsite.people.models import Status, User


def faults(person: User) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the person as he or she would be stored: (field, message, code)."""
    if person.hired_on and person.left_on and person.left_on < person.hired_on:
        yield "left_on", _("The last day is before the first one, %(day)s.") % {"day": person.hired_on}, "left_first"
    if person.manager is not None and person.manager == person:
        yield "manager", _("Nobody is the own manager."), "own_manager"
    if not person.is_service and person.department is None and person.department_id is None:
        yield "department", _("A person belongs to a department."), "required"


def settle(person: User, on: date, *, was: str) -> None:
    """Make status, last day and login agree: who has left does not log in, who comes back does.

    `was` is the status before the change.
    """
    if person.status == Status.LEFT and person.left_on is None and was != Status.LEFT:
        person.left_on = on
    gone = person.left_on is not None and person.left_on <= on
    if gone:
        person.status, person.is_active = Status.LEFT, False
        return
    if person.status == Status.LEFT:
        person.status = Status.REGULAR
    if was == Status.LEFT:
        person.is_active = True
