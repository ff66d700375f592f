"""Another day for a planned check-in: one of the two asks for it, the other agrees or does not."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.checkins.actions import set_day
from mentoring.checkins.away import Absences
from mentoring.checkins.models import CheckIn
from mentoring.checkins.sides import going
from mentoring.pairings.rules import check_due
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User


@transaction.atomic
def ask_for_day(checkin: CheckIn, day: date, *, by: User, on: date, why: str = "") -> CheckIn:
    """Ask the other for another day; asking again replaces what was asked before."""
    found = _planned(checkin, by)
    check_due(day, on=on, field="wanted_on")
    if day == found.due_on:
        raise Refused(_("That is the day that is planned."), field="wanted_on", code="same_day")
    _check_there(found, day)
    found.wanted_on, found.wanted_by, found.wanted_why = day, by, why.strip()
    found.save(update_fields=["wanted_on", "wanted_by", "wanted_why"])
    _tell(found, _other(found, by), by, "asked", day, on)
    return found


def _planned(checkin: CheckIn, by: User) -> CheckIn:
    found = going(checkin, by=by)
    if found.held_on is not None:
        raise Refused(_("This check-in was held already."), code="checkin_held")
    return found


def _check_there(checkin: CheckIn, day: date) -> None:
    both = [checkin.pairing.mentor, checkin.pairing.mentee]
    absences = Absences.of([person.pk for person in both], day, day)
    for person in both:
        if absences.away(person.pk, day):
            raise Refused(_("%(name)s is away on that day.") % {"name": person}, field="wanted_on", code="away")


@transaction.atomic
def answer_day(checkin: CheckIn, *, agrees: bool, by: User, on: date) -> CheckIn:
    """Move it to the day that the other asked for, or leave it; whoever asked may take the wish back.

    Without an open wish nothing happens, so that a repeat is harmless.
    """
    found = _planned(checkin, by)
    day, asker = found.wanted_on, found.wanted_by
    if day is None or asker is None:
        return found
    if agrees:
        if asker.pk == by.pk:
            raise Refused(_("The other side has to agree."), code="own_wish")
        check_due(day, on=on, field="wanted_on")
    set_day(found, day if agrees else found.due_on)
    if asker.pk != by.pk:
        _tell(found, asker, by, "agreed" if agrees else "declined", day, on)
    return found


def _other(checkin: CheckIn, by: User) -> User:
    pairing = checkin.pairing
    return pairing.mentee if pairing.mentor_id == by.pk else pairing.mentor


def _tell(checkin: CheckIn, person: User, other: User, stage: str, day: date, on: date) -> None:
    facts = {"stage": stage, "other": other.name, "on": day.isoformat(), "why": checkin.wanted_why}
    key = f"checkin:{checkin.pk}:{stage}:{day}:{on}"
    notify([Message(person.pk, "checkin_day", key, facts, reverse("checkin", args=[checkin.pk]))])
