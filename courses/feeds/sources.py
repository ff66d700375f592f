"""What stands in a person's own calendar: every app adds its own through FEED_SOURCES."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from courses.enrolment.models import Enrolment
from courses.invitations.meetings import Meeting, alarm, clean, event_of, one_line, uid_of
from courses.sessions.models import Session
from courses.sessions.published import published
from trainingsite.core.registry import Registry
from trainingsite.people.models import User

DAY = timedelta(days=1)
BACK = 90 * DAY
CANCELLED_SHOWN = 30 * DAY
MOST = 500


@dataclass(frozen=True)
class Reader:
    """Whose calendar is read, and at which moment."""

    person: User
    at: datetime

    @property
    def since(self) -> datetime:
        """What ended before is left out."""
        return self.at - BACK


# By the name of what is added: the events of a person, in the active language; a fixed number of queries each.
FEED_SOURCES: Registry[Callable[[Reader], Iterable[Event]]] = Registry("source of a person's calendar")


def all_day(key: str, title: str, day: date, *, url: str, changed_at: datetime, text: str = "") -> Event:
    """A day by which something has to be done; it keeps nobody busy. `key` names it for ever, `url` is a path."""
    event = Event()
    event.add("uid", uid_of(key))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", one_line(title))
    event.add("url", settings.BASE_URL + url)
    event.add("description", clean(f"{text}\n\n{settings.BASE_URL}{url}".strip()))
    event.add("transp", "TRANSPARENT")
    return event


def sessions(reader: Reader) -> Iterable[Event]:
    """Sessions in which the person has a seat or which he or she gives; called off ones stay for a month."""
    shown = Q(cancelled_at=None) | Q(cancelled_at__gte=reader.at - CANCELLED_SHOWN)
    rows = Session.objects.joined_by(reader.person).filter(shown, ends_at__gte=reader.since)
    for session in rows.with_where_and_who().order_by("starts_at", "pk")[:MOST]:
        meeting = Meeting(published(session, session.teachings.all()))
        event = event_of(meeting, reader.person.time_zone, stamp=session.modified_at)
        if session.cancelled_at is None:
            event.add_component(alarm())
        yield event


def due_days(reader: Reader) -> Iterable[Event]:
    """Days by which the person has to complete a course or a refresher."""
    rows: Any = Enrolment.objects.filter(person=reader.person, due_on__isnull=False).open().select_related("course")
    for row in rows.order_by("due_on", "pk")[:MOST]:
        title = _("Refresher due: %(title)s") if row.occurrence_id else _("Course due: %(title)s")
        url = reverse("learn", args=[row.pk])
        values = {"title": str(row.course)}
        yield all_day(f"enrolment-{row.pk}", title % values, row.due_on, url=url, changed_at=row.modified_at)


FEED_SOURCES.register("sessions", sessions)
FEED_SOURCES.register("due-days", due_days)
