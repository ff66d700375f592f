"""What people are told about their sessions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.instructors.models import Instructor
from courses.sessions.models import Session, SessionPlace
from courses.sessions.published import published, spread
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

Facts = dict[str, Any]


def tell_planned(session: Session, people: Collection[int], *, at: datetime) -> int:
    """Tell these people that they have had a place, or have given it, since `at`."""
    giving = set(session.instructors.filter(person__in=people).values_list("person_id", flat=True))
    return _tell(session, people, "session_planned", f"session:{session.pk}:place:{at.isoformat()}", giving=giving)


def tell_series(sessions: Sequence[Session], people: Collection[int], giving: Collection[int]) -> int:
    """Tell these people, and those who give them, of all these at once; the notice leads to the first."""
    first = sessions[0]
    facts = {**_facts(first), "n": len(sessions), "events": [published(session) for session in sessions]}
    told = sorted({*people, *giving})
    key, url = f"session:{first.pk}:series", reverse("session", args=[first.pk])
    number = notify(Message(pk, "series_planned", key, {**facts, "gives": pk in giving}, url) for pk in told)
    for session in sessions:
        spread(session, "session_planned")
    return number


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


def tell_taken_out(session: Session, people: Iterable[int], *, at: datetime, gave: bool = False) -> int:
    """Tell these people that they have had no place since `at`, or that they `gave` it until then."""
    key, gone = f"session:{session.pk}:left:{at.isoformat()}", set(people)
    return _tell(session, gone, "session_left", key, giving=gone if gave else ())


def everybody(session: Session) -> list[int]:
    """Who has a seat or waits for one, and who of the company gives it."""
    people = set(session.places.filter(cancelled_at=None).values_list("person_id", flat=True))
    teachers = session.instructors.filter(person__isnull=False).values_list("person_id", flat=True)
    return sorted(people.union(teachers))


def reached(sessions: Iterable[Session]) -> int:
    """How many hear of what becomes of these: everybody who has a seat, waits or gives one, by notice or by letter."""
    ids = [session.pk for session in sessions]
    places = SessionPlace.objects.filter(session__in=ids, cancelled_at=None)
    teachers = Instructor.objects.filter(teachings__session__in=ids)
    inside = teachers.filter(person__isnull=False).values_list("person_id", flat=True)
    outside = teachers.filter(person=None).exclude(email="").values("pk").distinct()
    return len({*places.values_list("person_id", flat=True), *inside}) + outside.count()


def told_words(number: int) -> str:
    """So many people have been told."""
    if not number:
        return _("Nobody had to be told.")
    return ngettext("%(n)s person has been told.", "%(n)s people have been told.", number) % {"n": number}


def _tell(session: Session, people: Iterable[int], kind: str, key: str, *, giving: Collection[int] = ()) -> int:
    facts = {**_facts(session), "event": published(session)}
    url = reverse("session", args=[session.pk])
    told = notify(Message(pk, kind, key, {**facts, "gives": pk in giving}, url) for pk in sorted(people))
    spread(session, kind)
    return told


def _facts(session: Session) -> Facts:
    facts: Facts = {"title": session.title, "starts_at": session.starts_at.isoformat(), "session": session.pk}
    return facts | {"room": str(session.room or ""), "online": bool(session.join_url), "sequence": session.sequence}


def _values(facts: Facts) -> dict[str, str]:
    begin = timezone.localtime(datetime.fromisoformat(facts["starts_at"]))
    when = f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}"
    place = facts["room"] or (_("Online") if facts.get("online", True) else _("place to be announced"))
    return {"title": facts["title"], "when": when, "place": place}


def _planned(facts: Facts) -> str:
    if facts.get("gives"):
        return _("You are to give “%(title)s”: %(when)s, %(place)s") % _values(facts)
    return _("New session for you: “%(title)s”, %(when)s, %(place)s") % _values(facts)


def _series(facts: Facts) -> str:
    values = {**_values(facts), "n": facts["n"]}
    if facts["gives"]:
        return _("You are to give “%(title)s”: %(n)s sessions, the first on %(when)s, %(place)s") % values
    return _("New sessions for you: “%(title)s”, %(n)s in all, the first on %(when)s, %(place)s") % values


def _moved(facts: Facts) -> str:
    return _("“%(title)s” has moved: now %(when)s, %(place)s") % _values(facts)


def _changed(facts: Facts) -> str:
    return _("Your session on %(when)s is now called “%(title)s” (%(place)s)") % _values(facts)


def _cancelled(facts: Facts) -> str:
    return _("“%(title)s” on %(when)s does not take place") % _values(facts)


def _why(facts: Facts) -> str:
    """Why it does not take place; notices of old do not know it."""
    reason = facts.get("event", {}).get("reason", "")
    return _("Reason: %(reason)s") % {"reason": reason} if reason else ""


def _left(facts: Facts) -> str:
    if facts.get("gives"):
        return _("You no longer give “%(title)s” on %(when)s") % _values(facts)
    return _("You are no longer expected at “%(title)s” on %(when)s") % _values(facts)


KINDS.register("session_planned", Kind(_planned, icon="calendar-plus"))
KINDS.register("series_planned", Kind(_series, icon="calendar-repeat"))
KINDS.register("session_moved", Kind(_moved, icon="calendar-time"))
KINDS.register("session_changed", Kind(_changed, icon="calendar-time"))
KINDS.register("session_cancelled", Kind(_cancelled, icon="calendar-x", body=_why))
KINDS.register("session_left", Kind(_left, icon="calendar-x"))
