"""What people are told about seats: got, waited for, moved up to, passed over, given up; and that too few come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from courses.seats.clashes import Obstacle, words
from courses.sessions.models import Session, SessionPlace
from courses.sessions.published import published
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

Facts = dict[str, Any]


def tell_seat(session: Session, place: SessionPlace, *, at: datetime) -> int:
    """Tell the person of the seat that he or she has had since `at`."""
    return _tell(session, [place.person_id], "seat_got", f"{_key(place)}:seat:{at.isoformat()}")


def tell_waiting(session: Session, place: SessionPlace, turn: int) -> int:
    """Tell the person that the session is full, and of the place in the waiting list."""
    since = place.waiting_since.isoformat() if place.waiting_since else ""
    return _tell(session, [place.person_id], "seat_waiting", f"{_key(place)}:waiting:{since}", turn=turn)


def tell_moved_up(session: Session, place: SessionPlace, *, at: datetime) -> int:
    """Tell the person that the waiting has ended with a seat."""
    return _tell(session, [place.person_id], "seat_moved_up", f"{_key(place)}:up:{at.isoformat()}")


def tell_passed_over(session: Session, place: SessionPlace, why: Obstacle) -> int:
    """Tell the person why the free seat is not for him or her; once for each reason."""
    return _tell(session, [place.person_id], "seat_passed_over", f"{_key(place)}:over:{why.key}", why=why.facts)


def tell_given_up(session: Session, place: SessionPlace, *, at: datetime) -> int:
    """Let the person have it in writing that the place is given up."""
    return _tell(session, [place.person_id], "seat_given_up", f"{_key(place)}:given-up:{at.isoformat()}")


def tell_too_few(session: Session, people: Iterable[int], number: int) -> int:
    """Warn these people that too few have signed up by the moment that was set; once for that moment."""
    by = session.minimum_by.isoformat() if session.minimum_by else ""
    facts = {"n": number, "minimum": session.minimum}
    return _tell(session, people, "session_too_few", f"session:{session.pk}:too-few:{by}", **facts)


def _key(place: SessionPlace) -> str:
    return f"place:{place.pk}"


def _tell(session: Session, people: Iterable[int], kind: str, key: str, **more: Any) -> int:
    facts: Facts = {"title": session.title, "starts_at": session.starts_at.isoformat(), "event": published(session)}
    facts |= {"room": str(session.room or ""), "online": bool(session.join_url), **more}
    url = reverse("session", args=[session.pk])
    return notify(Message(person, kind, key, facts, url) for person in sorted(set(people)))


def _values(facts: Facts) -> dict[str, Any]:
    begin = timezone.localtime(datetime.fromisoformat(facts["starts_at"]))
    place = facts["room"] or (_("Online") if facts["online"] else _("place to be announced"))
    return {**facts, "when": f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}", "place": place}


def _got(facts: Facts) -> str:
    return _("You have a seat: “%(title)s”, %(when)s, %(place)s") % _values(facts)


def _waiting(facts: Facts) -> str:
    return _("“%(title)s” on %(when)s is full: you are number %(turn)s in the waiting list") % _values(facts)


def _moved_up(facts: Facts) -> str:
    return _("A seat has become free for you: “%(title)s”, %(when)s, %(place)s") % _values(facts)


def _passed_over(facts: Facts) -> str:
    text = _("You were passed over for a seat in “%(title)s” on %(when)s: %(why)s")
    return text % {**_values(facts), "why": words(facts["why"])}


def _keeps_waiting(_facts: Facts) -> str:
    return _("You stay in the waiting list and get the next seat if you are free by then.")


def _given_up(facts: Facts) -> str:
    return _("You have given up your place in “%(title)s” on %(when)s") % _values(facts)


def _too_few(facts: Facts) -> str:
    text = _("Too few people for “%(title)s” on %(when)s: %(n)s of at least %(minimum)s")
    return text % _values(facts)


def _what_now(_facts: Facts) -> str:
    return _("Hold it anyway, give people more time to sign up, or call it off.")


KINDS.register("seat_got", Kind(_got, icon="calendar-check"))
KINDS.register("seat_waiting", Kind(_waiting, icon="hourglass"))
KINDS.register("seat_moved_up", Kind(_moved_up, icon="calendar-check"))
KINDS.register("seat_passed_over", Kind(_passed_over, icon="calendar-x", body=_keeps_waiting))
KINDS.register("seat_given_up", Kind(_given_up, icon="calendar-x"))
KINDS.register("session_too_few", Kind(_too_few, icon="alert-triangle", body=_what_now))
