"""What planners are told of answers, and what goes into people's calendars with which notice."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from courses.invitations.mails import REQUESTS, SERIES, cancel_of, request_of, requests_of
from courses.sessions.models import Session
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import ATTACHMENTS, KINDS, Kind

Facts = dict[str, Any]
CANCELS = ("session_cancelled", "session_left", "seat_given_up")


def tell_declined(session: Session, name: str, reason: str, *, key: str) -> int:
    """Tell whoever planned the session that this person does not come; an assigned seat is theirs to give away."""
    if session.planned_by_id is None:
        return 0
    facts = {"name": name, "title": session.title, "starts_at": session.starts_at.isoformat(), "reason": reason}
    url = reverse("session", args=[session.pk])
    return notify([Message(session.planned_by_id, "invitation_declined", f"declined:{key}", facts, url)])


def _declined(facts: Facts) -> str:
    begin = timezone.localtime(parse_datetime(facts["starts_at"]))
    when = f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}"
    return _("%(name)s cannot come to “%(title)s” on %(when)s") % {**facts, "when": when}


def _why(facts: Facts) -> str:
    return _("Reason: %(reason)s") % facts if facts["reason"] else ""


KINDS.register("invitation_declined", Kind(_declined, icon="calendar-x", body=_why))
for kind in REQUESTS:
    ATTACHMENTS.register(kind, request_of)
ATTACHMENTS.register(SERIES, requests_of)
for kind in CANCELS:
    ATTACHMENTS.register(kind, cancel_of)
