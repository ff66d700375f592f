"""Answer an invitation; what follows from the answer."""

from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from courses.invitations.notices import tell_declined
from courses.seats.actions import give_up
from courses.seats.queue import locked
from courses.sessions.models import Answer, Session, SessionPlace
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_REASON = 200


@dataclass(frozen=True)
class Said:
    """An answer as it was given: `at` is the moment of the person, not that of whoever carried it here."""

    answer: Answer
    at: datetime
    reason: str = ""


@transaction.atomic
def answer(session: Session, person: User, said: Said, *, at: datetime) -> SessionPlace:
    """Keep what the person answered. Declining gives up a seat that was signed up for, and is told of an assigned one.

    A repeat changes nothing. Raises Refused for a session that was called off or has begun, and without a seat.
    """
    found = locked(session)
    check_open(found, at)
    place = found.places.filter(person=person, seat__isnull=False).first()
    if place is None:
        raise Refused(_("You have no seat in this session."), code="no_seat")
    _check_later(place, said)
    if (place.answer, place.answer_reason) != (said.answer, said.reason.strip()[:MOST_REASON]):
        _keep(place, said)
        if said.answer is Answer.DECLINED:
            _decline(found, place, at=at)
    return place


def check_open(session: Session, at: datetime) -> None:
    """That there still is something to answer."""
    if session.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if session.starts_at <= at:
        raise Refused(_("This session has begun; it stays as it is."), code="session_begun")


def _check_later(place: SessionPlace, said: Said) -> None:
    """Mails overtake each other: what was said last counts, not what arrived last."""
    if place.answered_at and said.at < place.answered_at:
        raise Refused(_("A later answer is known; it stays."), code="answer_outdated")


def _keep(place: SessionPlace, said: Said) -> None:
    place.answer, place.answered_at = said.answer, said.at
    place.answer_reason = said.reason.strip()[:MOST_REASON]
    with pghistory.context(user=place.person_id):
        place.save(update_fields=["answer", "answered_at", "answer_reason"])


def _decline(session: Session, place: SessionPlace, *, at: datetime) -> None:
    if place.signed_up:
        give_up(session, place.person, reason=place.answer_reason, at=at)
    else:
        tell_declined(session, place.person.name, place.answer_reason, key=f"place:{place.pk}:{place.answered_at}")


def ask_anew(session: Session, kind: str) -> None:
    """After a move nobody has answered yet: the answers were about another time or place."""
    if kind == "session_moved":
        session.places.exclude(answer=Answer.NONE).update(answer=Answer.NONE, answered_at=None, answer_reason="")
