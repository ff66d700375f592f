"""An independent reader of calendars."""

import vobject


def calendar_in(message):
    """The calendar within a mail: the text that speaks for the whole message, and the file beside it, which agree."""
    body, file = message.iter_parts() if message.get_content_type() == "multipart/mixed" else (message, None)
    *_others, spoken = body.iter_parts()
    assert (body.get_content_type(), spoken.get_content_type()) == ("multipart/alternative", "text/calendar")
    assert file is not None
    assert file.get_content().replace(b"\r\n", b"\n") == spoken.get_content().encode().replace(b"\r\n", b"\n")
    found = vobject.readOne(spoken.get_content())
    assert spoken.get_param("method") == found.method.value
    return found


def said(calendar):
    """What a calendar says: method, number, title, start, place, state."""
    event = calendar.vevent
    names = ("sequence", "summary", "location", "status")
    return (calendar.method.value, *(getattr(event, name).value for name in names), event.dtstart.value)


REPLY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Another//Program//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp}
DTSTART:20261201T010000Z
ATTENDEE;PARTSTAT={partstat};CN=Li Na:mailto:{address}
ORGANIZER:mailto:academy@localhost
{more}END:VEVENT
END:VCALENDAR
"""


def reply(session, address="lina@example.com", partstat="ACCEPTED", **values):
    """An answer as a person's calendar sends it."""
    kept = {"uid": f"{session.token}@127.0.0.1", "sequence": session.sequence, "stamp": "20261123T010000Z", "more": ""}
    text = REPLY.format(**{**kept, "address": address, "partstat": partstat, **values})
    return text.replace("\n", "\r\n").encode()
