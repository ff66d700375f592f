"""Sign up for a session, give the place up again; and what those who run it do with seats and the waiting list."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from courses.acts import LEARN
from courses.audiences.models import AudienceMember
from courses.seats.clashes import elsewhere, obstacle
from courses.seats.minimum import recover
from courses.seats.notices import tell_given_up, tell_moved_up, tell_seat, tell_waiting
from courses.seats.queue import is_full, move_up, put_in_order, take_seat, wherever_waiting, written_by
from courses.series.models import Entry
from courses.sessions.actions import standing
from courses.sessions.clashes import in_words
from courses.sessions.models import Answer, Session, SessionPlace
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = ["give_seat", "give_up", "move_in_line", "move_up", "sign_up"]

Way = Literal["up", "down"]


@transaction.atomic
def sign_up(session: Session, person: User, *, at: datetime, by: User | None = None) -> SessionPlace:
    """Give the person a seat, or the last place in the waiting list when all are taken; a repeat changes nothing.

    Raises Refused when the session is not open to the person, or another one is at that time.
    """
    found = standing(session, at)
    place = found.places.filter(person=person).first()
    if place and place.cancelled_at is None:
        return place
    _check_open(found, at)
    _check_may(found, person)
    move_up(found, at=at)  # whoever waited before comes first, if a seat was freed in passing
    with written_by(by or person), in_words():
        place = _take_place(found, place or SessionPlace(session=found, person=person), at)
    recover(found)
    return place


def _take_place(session: Session, place: SessionPlace, at: datetime) -> SessionPlace:
    """A seat when there is one, else the end of the waiting list; the person is told which."""
    full = is_full(session)
    if why := (elsewhere if full else obstacle)(session, place.person):
        raise Refused(_("You cannot come then: %(why)s.") % {"why": why.text}, code=why.code)
    place.cancelled_at, place.given_up_reason, place.signed_up = None, "", True
    place.waiting_since = at if full else None
    place.answer, place.answered_at, place.answer_reason = Answer.ACCEPTED, at, ""  # who signs up says so by it
    place.save()
    place.refresh_from_db(fields=["seat"])
    if full:
        tell_waiting(session, place, session.places.waiting().filter(waiting_since__lte=at).count())
    else:
        tell_seat(session, place, at=at)
    return place


def _check_open(session: Session, at: datetime) -> None:
    """That one may sign up for the session at all, now."""
    if session.entry != Entry.SIGN_UP:
        raise Refused(_("One cannot sign up for this session; the seats are assigned."), code="not_for_sign_up")
    if session.sign_up_until and session.sign_up_until <= at:
        raise Refused(_("The time to sign up is over."), code="sign_up_closed")


def _check_may(session: Session, person: User) -> None:
    """That the session is for this person."""
    if session.audience_id:
        members = AudienceMember.objects.present().filter(audience=session.audience_id)
        welcome = members.filter(person=person).exists()
    else:
        welcome = person.may(LEARN)
    if not welcome:
        raise Refused(_("This session is for other people."), code="not_in_audience")
    if session.teachings.filter(instructor__person=person).exists():
        raise Refused(_("You give this session."), code="gives_it")


@transaction.atomic
def give_up(
    session: Session, person: User, *, reason: str = "", at: datetime, by: User | None = None
) -> SessionPlace | None:
    """Let the person's place go: the seat is at once that of whoever is the next in the waiting list.

    A repeat changes nothing; None for whoever never had a place. An assigned seat is not the person's to give up.
    """
    found = standing(session, at)
    place = found.places.select_related("person").filter(person=person).first()
    if place is None or place.cancelled_at:
        return place
    if not place.signed_up:
        raise Refused(_("This seat was assigned to you; ask whoever planned the session."), code="seat_assigned")
    with written_by(by or person):
        _leave(found, place, at=at, reason=reason)
        tell_given_up(found, place, at=at)
        _go_on(found, place, at)
    return place


def _leave(session: Session, place: SessionPlace, *, at: datetime, reason: str = "") -> None:
    place.cancelled_at, place.waiting_since, place.given_up_reason = at, None, reason.strip()[:200]
    place.session = session
    place.save(update_fields=["cancelled_at", "waiting_since", "given_up_reason"])


def _go_on(session: Session, place: SessionPlace, at: datetime) -> None:
    """A freed seat finds the next one, and whoever has freed the own time may be the next somewhere else."""
    if place.seat is not None:
        place.seat = None
        move_up(session, at=at)
        wherever_waiting([place.person_id], at=at)


@transaction.atomic
def give_seat(place: SessionPlace, *, by: User | None, at: datetime) -> SessionPlace:
    """Give a free seat to this person of the waiting list before all others; a repeat changes nothing."""
    found = standing(place.session, at)
    waiting = found.places.select_related("person").get(pk=place.pk)
    if waiting.seat is not None:
        return waiting
    if waiting.waiting_since is None:
        raise Refused(_("This person does not wait for a seat any more."), code="not_waiting")
    if is_full(found):
        raise Refused(_("All seats are taken: take somebody out, or raise the number of seats."), code="session_full")
    if why := obstacle(found, waiting.person):
        values = {"name": waiting.person, "why": why.text}
        raise Refused(_("%(name)s cannot come then: %(why)s.") % values, code=why.code)
    with written_by(by):
        if take_seat(waiting):
            tell_moved_up(found, waiting, at=at)
    waiting.refresh_from_db()
    recover(found)
    return waiting


@transaction.atomic
def move_in_line(place: SessionPlace, way: Way, *, by: User | None, at: datetime) -> bool:
    """Let somebody wait one place further up or down; False when there is nobody to change places with."""
    found = standing(place.session, at)
    line = list(found.places.waiting())
    here = next((number for number, each in enumerate(line) if each.pk == place.pk), None)
    if here is None:
        raise Refused(_("This person does not wait for a seat any more."), code="not_waiting")
    there = here - 1 if way == "up" else here + 1
    if not 0 <= there < len(line):
        return False
    line[here], line[there] = line[there], line[here]
    with written_by(by):
        put_in_order(line)
    return True
