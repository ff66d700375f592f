"""Answers from people's calendars (METHOD:REPLY of iTIP, RFC 5546), as a mail gateway or a mail pipe hands them in."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from courses.invitations.actions import Said, answer, check_open
from courses.invitations.notices import tell_declined
from courses.seats.queue import locked
from courses.sessions.models import Answer, Session, Teaching
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_BYTES = 100_000
MOST_MAIL = 5_000_000  # a mail may bring pictures of a signature beside the calendar's text
ANSWERS = {"ACCEPTED": Answer.ACCEPTED, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.TENTATIVE}


@dataclass(frozen=True)
class Reply:
    """What a reply says: who answers what, to which session as it was published under which number, and when."""

    token: UUID
    sequence: int
    address: str
    answer: Answer
    said_at: datetime | None
    reason: str = ""


@dataclass(frozen=True)
class Taken:
    """What a reply came to: the session, who answered, and what."""

    session: Session
    name: str
    answer: Answer


@transaction.atomic
def take_reply(raw: bytes, *, at: datetime) -> Taken:
    """Take one answer in, a calendar's text or the whole mail that brought it; a repeat changes nothing.

    Raises Refused in words, with nothing changed, for whatever is no answer of an invited person to what was last
    published of a session to come.
    """
    reply = read_reply(raw)
    known = Session.objects.filter(token=reply.token).first()
    if known is None:
        raise _refused(_("No session has this UID."), "uid_unknown")
    session = locked(known)
    check_open(session, at)
    if reply.sequence < session.sequence:
        raise _refused(_("The session has changed since; answer the newest invitation."), "sequence_old")
    return _taken(session, reply, at)


def _taken(session: Session, reply: Reply, at: datetime) -> Taken:
    said = Said(reply.answer, min(reply.said_at or at, at), reply.reason)
    people = User.objects.filter(email__iexact=reply.address, is_active=True)
    invited = people.filter(session_places__session=session, session_places__seat__isnull=False).first()
    if invited:
        answer(session, invited, said, at=at)
        return Taken(session, invited.name, reply.answer)
    return _of_instructor(session, reply, said)


def _of_instructor(session: Session, reply: Reply, said: Said) -> Taken:
    """Who gives the session answers to whoever planned it."""
    teachings = Teaching.objects.filter(session=session).select_related("instructor__person")
    for teaching in teachings:
        each = teaching.instructor
        address = each.person.email if each.person else each.email
        if address and address.lower() == reply.address.lower():
            if reply.answer is Answer.DECLINED:
                key = f"teaching:{teaching.pk}:{session.sequence}"
                tell_declined(session, str(each), said.reason[:200], key=key)
            return Taken(session, str(each), reply.answer)
    raise _refused(_("Nobody with this address is invited to the session."), "attendee_unknown")


def read_reply(raw: bytes) -> Reply:
    """The reply in a calendar's text or in a mail; raises Refused for anything else."""
    text, sender = _calendar_in(raw)
    if len(text) > MOST_BYTES:
        raise _refused(_("A reply has at most %(most)s bytes.") % {"most": MOST_BYTES}, "too_large")
    calendar = _parsed(text)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        raise _refused(_("This is not a reply (METHOD:REPLY)."), "not_a_reply")
    events: Any = calendar.walk("VEVENT")
    if len(events) != 1:
        raise _refused(_("A reply answers one event; this one has %(n)s.") % {"n": len(events)}, "several_events")
    reply = _reply(events[0])
    if sender and sender.lower() != reply.address.lower():
        raise _refused(_("The mail is not from the person who answers in it."), "sender_differs")
    return reply


def _calendar_in(raw: bytes) -> tuple[bytes, str]:
    """The calendar's text, and who sent it when it came in a mail."""
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR":
        return raw, ""
    if len(raw) > MOST_MAIL:
        raise _refused(_("A mail has at most %(most)s bytes.") % {"most": MOST_MAIL}, "too_large")
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    for part in mail.walk():
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            return _content(part), parseaddr(str(mail.get("From", "")))[1]
    raise _refused(_("There is no calendar in it."), "unreadable")


def _content(part: Any) -> bytes:
    assert isinstance(part, EmailMessage)  # noqa: S101 - the policy makes no others
    return bytes(part.get_payload(decode=True) or b"")


def _parsed(text: bytes) -> Calendar:
    try:
        found = Calendar.from_ical(text.decode("utf-8-sig"))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refused(_("This is not a calendar that can be read."), "unreadable") from error
    if not isinstance(found, Calendar) or found.errors:
        raise _refused(_("This is not a calendar that can be read."), "unreadable")
    return found


def _reply(event: Event) -> Reply:
    try:
        token = UUID(str(event["UID"]).strip().partition("@")[0])
    except (KeyError, ValueError) as error:
        raise _refused(_("No session has this UID."), "uid_unknown") from error
    attendee = event.get("ATTENDEE")
    if attendee is None or isinstance(attendee, list):
        raise _refused(_("A reply is one person's (ATTENDEE)."), "attendee_unknown")
    said = ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    if said is None:
        words = _("The answer (PARTSTAT) is neither ACCEPTED nor DECLINED nor TENTATIVE.")
        raise _refused(words, "answer_unknown")
    address = str(attendee)[len("mailto:") :] if str(attendee).lower().startswith("mailto:") else str(attendee)
    return Reply(token, _sequence(event), address.strip(), said, _moment(event), _comment(event))


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _moment(event: Event) -> datetime | None:
    """When the person answered, where the calendar says so."""
    try:
        moment = event.decoded("DTSTAMP")
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _comment(event: Event) -> str:
    found = event.get("COMMENT", "")
    return " ".join(str(found[0] if isinstance(found, list) and found else found or "").replace("\x00", "").split())


def _refused(words: str, code: str) -> Refused:
    return Refused(words, code=code)
