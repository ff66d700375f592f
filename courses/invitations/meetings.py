"""A session as an event of iCalendar (RFC 5545): one way to write it, in mails, in feeds and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from courses.invitations.zones import zone_of
from courses.sessions.models import Session
from courses.sessions.published import published
from trainingsite.core.display import listed
from trainingsite.notices.outboxes import host

PRODID = "-//Kefu Academy//Sessions//ZH"
REMIND_BEFORE = timedelta(minutes=30)
MOST_TEXT = 4000


@dataclass(frozen=True)
class Meeting:
    """What was published of a session, by the names of `published`; not everybody `joins` by the link."""

    facts: dict[str, Any]
    joins: bool = True

    @classmethod
    def of(cls, session: Session, *, joins: bool) -> "Meeting":
        return cls(published(session), joins)

    @property
    def starts_at(self) -> datetime:
        return datetime.fromisoformat(self.facts["starts_at"])

    @property
    def ends_at(self) -> datetime:
        return datetime.fromisoformat(self.facts["ends_at"])

    @property
    def place(self) -> str:
        """The room, else that it is online, else that nobody has said, in the active language."""
        unknown = _("Online") if self.facts["join_url"] else _("place to be announced")
        return str(self.facts["room"] or unknown)

    def description(self, *, inside: bool) -> str:
        """What a calendar shows below the title; `inside` are those who can open the page."""
        names = listed(name for _person, name in self.facts["instructors"])
        link = self.facts["join_url"] if self.joins else ""
        lines = [
            _("Instructor: %(names)s") % {"names": names} if names else "",
            _("Join online: %(link)s") % {"link": link} if link else "",
            f"{_('Agenda')}\n{self.facts['agenda']}" if self.facts["agenda"] else "",
            _("Called off: %(reason)s") % {"reason": self.facts["reason"]} if self.facts["cancelled"] else "",
            address_of(self.facts["session"]) if inside else "",
        ]
        return "\n\n".join(line for line in lines if line)


def address_of(session: int) -> str:
    """The session's page, as other systems reach it."""
    return settings.BASE_URL + reverse("session", args=[session])


def uid_of(token: object) -> str:
    return f"{token}@{host()}"


def clean(text: str, most: int = MOST_TEXT) -> str:
    """Text without what could break a line or hide in one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(each if each.isprintable() else " " for each in line) for line in lines)[:most]


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def event_of(meeting: Meeting, zone: str, *, stamp: datetime, inside: bool = True) -> Event:
    """The event in the person's zone and the active language; `stamp` is when this was said."""
    facts, event, tz = meeting.facts, Event(), ZoneInfo(zone)
    event.add("uid", uid_of(facts["uid"]))
    event.add("sequence", facts["sequence"])
    event.add("dtstamp", stamp)
    event.add("last-modified", datetime.fromisoformat(facts["changed_at"]))
    event.add("dtstart", _local(meeting.starts_at, tz))
    event.add("dtend", _local(meeting.ends_at, tz))
    event.add("summary", one_line(facts["title"]))
    event.add("location", one_line(meeting.place))
    event.add("description", clean(meeting.description(inside=inside)))
    link = address_of(facts["session"]) if inside else facts["join_url"]
    if link:
        event.add("url", one_line(link))
    event.add("organizer", organizer())
    event.add("status", "CANCELLED" if facts["cancelled"] else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if facts["cancelled"] else "OPAQUE")
    event.add("categories", [pgettext("calendar", "Training")])
    return event


def _local(moment: datetime, tz: ZoneInfo) -> datetime:
    """The time on the person's clock; UTC in the hour that comes twice, of which calendars know only the first."""
    local = moment.astimezone(tz)
    return moment.astimezone(UTC) if local.fold else local


def organizer() -> vCalAddress:
    """Who invites: the address that takes answers."""
    return person_at(settings.CALENDAR_ADDRESS, _("Kefu Academy"))


def person_at(email: str, name: str) -> vCalAddress:
    """An address with a name, of which nothing can break out."""
    found = vCalAddress(f"mailto:{''.join(clean(email).split())}")
    found.params["CN"] = vText(one_line(name).replace('"', "'"))
    return found


def alarm() -> Alarm:
    """Half an hour before."""
    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", _("Session soon"))
    found.add("trigger", -REMIND_BEFORE)
    return found


def calendar_of(events: Iterable[Event], method: str, zone: str) -> Calendar:
    """The events with the zone that they name, for as many years as they need."""
    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", PRODID)
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    events = list(events)
    years = [moment.year for event in events for moment in _moments(event)]
    if years and zone != "UTC":
        found.add_component(zone_of(zone, min(years), max(years)))
    for event in events:
        found.add_component(event)
    return found


def _moments(event: Event) -> list[datetime]:
    every: list[date | datetime] = [event.decoded("dtstart"), event.decoded("dtend")]
    return [moment for moment in every if isinstance(moment, datetime)]


def file_of(meeting: Meeting, zone: str, *, stamp: datetime) -> bytes:
    """The session as a file for whatever calendar the person has."""
    event = event_of(meeting, zone, stamp=stamp)
    if not meeting.facts["cancelled"]:
        event.add_component(alarm())
    return bytes(calendar_of([event], "PUBLISH", zone).to_ical())
