"""What an invitation's e-mail carries (iTIP, RFC 5546): a request, or that it is taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from icalendar import Calendar

from courses.invitations.meetings import Meeting, alarm, calendar_of, event_of, person_at
from courses.invitations.models import Method
from courses.sessions.models import SessionPlace, Teaching
from trainingsite.notices.kinds import Attachment
from trainingsite.notices.models import Notice

GRANTS = ("session_planned", "seat_got", "seat_moved_up")
SERIES = "series_planned"
REQUESTS = (*GRANTS, "session_moved", "session_changed")


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for. Those who give the session are its chair; `inside` are people with an account."""

    email: str
    name: str
    zone: str
    chair: bool = False
    inside: bool = True


def invitation(meeting: Meeting, invited: Invited, method: Method, *, stamp: datetime) -> Calendar:
    """The message to one person, who finds nobody else named in it but the instructors."""
    event = event_of(meeting, invited.zone, stamp=stamp, inside=invited.inside)
    person = person_at(invited.email, invited.name)
    person.params["CUTYPE"] = "INDIVIDUAL"
    person.params["ROLE"] = "CHAIR" if invited.chair else "REQ-PARTICIPANT"
    person.params["PARTSTAT"] = "NEEDS-ACTION"
    if method is Method.REQUEST:
        person.params["RSVP"] = "TRUE"
        event.add_component(alarm())
    else:
        event["STATUS"] = "CANCELLED"
        event["TRANSP"] = "TRANSPARENT"
    event.add("attendee", person)
    return calendar_of([event], method.value, invited.zone)


def attachments(meeting: Meeting, invited: Invited, method: Method, *, stamp: datetime) -> list[Attachment]:
    """As Outlook, Apple Mail, Gmail and 企业微信邮箱 read it: a form of the message itself, and a file besides."""
    content = invitation(meeting, invited, method, stamp=stamp).to_ical()
    name = "invite.ics" if method is Method.REQUEST else "cancel.ics"
    return [Attachment(name, content, "application/ics", speaks_as=f"text/calendar; method={method.value}")]


def request_of(notice: Notice) -> list[Attachment]:
    """The session comes into the person's calendar, or is brought up to date there; not of those who only wait."""
    facts = notice.facts.get("event")
    if not facts or not _comes(notice.person_id, facts["session"]):
        return []
    return _of(notice, facts, Method.REQUEST)


def requests_of(notice: Notice) -> list[Attachment]:
    """Every session of a series that the person still comes to, each a file: none of them speaks for the message."""
    events = notice.facts.get("events", [])
    seats = SessionPlace.objects.filter(person=notice.person_id, seat__isnull=False)
    given = Teaching.objects.filter(instructor__person=notice.person_id)
    wanted = [event["session"] for event in events]
    mine = {pk for rows in (seats, given) for pk in rows.filter(session__in=wanted).values_list("session", flat=True)}
    found = [each for event in events if event["session"] in mine for each in _of(notice, event, Method.REQUEST)]
    return [Attachment(f"invite-{n}.ics", each.content, each.mime) for n, each in enumerate(found, start=1)]


def cancel_of(notice: Notice) -> list[Attachment]:
    """The session leaves the person's calendar, if it ever came into it."""
    facts = notice.facts.get("event")
    if not facts or not _was_invited(notice):
        return []
    return _of(notice, facts, Method.CANCEL)


def _comes(person: int, session: int) -> bool:
    """Whether the person has a seat or gives the session; who has lost it meanwhile hears so by another mail."""
    seats = SessionPlace.objects.filter(session=session, person=person, seat__isnull=False)
    return seats.exists() or Teaching.objects.filter(session=session, instructor__person=person).exists()


def _was_invited(notice: Notice) -> bool:
    """Also moves are told to those who only wait: what brings a session into a calendar is a seat, or giving it."""
    event = notice.facts["event"]
    alone = Q(kind__in=GRANTS, facts__event__uid=event["uid"])
    in_series = Q(kind=SERIES, facts__events__contains=[{"uid": event["uid"]}])
    granted = Notice.objects.filter(alone | in_series, person=notice.person_id)
    return granted.filter(pk__lt=notice.pk).exists() or _comes(notice.person_id, event["session"])


def _of(notice: Notice, facts: dict[str, Any], method: Method) -> list[Attachment]:
    """From the facts of the notice alone: what changed since has a notice of its own, with a higher number."""
    person = notice.person
    chair = any(pk == person.pk for pk, _name in facts["instructors"])
    invited = Invited(person.email, person.name, person.time_zone, chair=chair)
    return attachments(Meeting(facts), invited, method, stamp=notice.created_at)
