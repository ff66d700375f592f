"""What people are told about their sessions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from courses.sessions.models import Session
from courses.sessions.published import published, spread
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

Facts = dict[str, Any]


def tell_planned(session: Session, people: Iterable[int], *, at: datetime) -> int:
    """Tell these people that they have had a place since `at`."""
    return _tell(session, people, "session_planned", f"session:{session.pk}:place:{at.isoformat()}")


def tell_moved(session: Session) -> int:
    """Tell everybody with a place, and the instructors, of the new time or place; once for each move."""
    return _tell(session, everybody(session), "session_moved", f"session:{session.pk}:move:{session.moves}")


def tell_changed(session: Session, *, but: Iterable[int] = ()) -> int:
    """Tell everybody with a place, and the instructors, of its new name; calendars take it over."""
    people = set(everybody(session)).difference(but)
    return _tell(session, people, "session_changed", f"session:{session.pk}:change:{session.sequence}")


def tell_cancelled(session: Session, people: Iterable[int]) -> int:
    """Tell these people that it does not take place; the key lets nobody hear it twice."""
    return _tell(session, people, "session_cancelled", f"session:{session.pk}:cancelled")


def tell_taken_out(session: Session, people: Iterable[int], *, at: datetime) -> int:
    """Tell these people that they have had no place since `at`."""
    return _tell(session, people, "session_left", f"session:{session.pk}:left:{at.isoformat()}")


def everybody(session: Session) -> list[int]:
    """Who has a seat or waits for one, and who of the company gives it."""
    people = set(session.places.filter(cancelled_at=None).values_list("person_id", flat=True))
    teachers = session.instructors.filter(person__isnull=False).values_list("person_id", flat=True)
    return sorted(people.union(teachers))


def _tell(session: Session, people: Iterable[int], kind: str, key: str) -> int:
    facts: Facts = {"title": session.title, "starts_at": session.starts_at.isoformat(), "session": session.pk}
    facts |= {"room": str(session.room or ""), "online": bool(session.join_url), "sequence": session.sequence}
    facts["event"] = published(session)
    url = reverse("session", args=[session.pk])
    told = notify(Message(person, kind, key, facts, url) for person in sorted(people))
    spread(session, kind)
    return told


def _values(facts: Facts) -> dict[str, str]:
    begin = timezone.localtime(datetime.fromisoformat(facts["starts_at"]))
    when = f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}"
    place = facts["room"] or (_("Online") if facts.get("online", True) else _("place to be announced"))
    return {"title": facts["title"], "when": when, "place": place}


def _planned(facts: Facts) -> str:
    return _("New session for you: “%(title)s”, %(when)s, %(place)s") % _values(facts)


def _moved(facts: Facts) -> str:
    return _("“%(title)s” has moved: now %(when)s, %(place)s") % _values(facts)


def _changed(facts: Facts) -> str:
    return _("Your session on %(when)s is now called “%(title)s” (%(place)s)") % _values(facts)


def _cancelled(facts: Facts) -> str:
    return _("“%(title)s” on %(when)s does not take place") % _values(facts)


def _left(facts: Facts) -> str:
    return _("You are no longer expected at “%(title)s” on %(when)s") % _values(facts)


KINDS.register("session_planned", Kind(_planned, icon="calendar-plus"))
KINDS.register("session_moved", Kind(_moved, icon="calendar-time"))
KINDS.register("session_changed", Kind(_changed, icon="calendar-time"))
KINDS.register("session_cancelled", Kind(_cancelled, icon="calendar-x"))
KINDS.register("session_left", Kind(_left, icon="calendar-x"))
