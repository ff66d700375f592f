"""Checking in by the code: whose code it is, and every reason against it in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from courses.attendance.actions import as_
from courses.attendance.codes import DIGITS, Verdict, verdict
from courses.attendance.tries import give_back, take_try
from courses.programmes.settling import settle_people
from courses.sessions.clashes import in_words
from courses.sessions.models import Noted, Session, SessionPlace
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

OPENS_BEFORE = timedelta(minutes=15)


def check_in(person: User, code: str, *, at: datetime, session: Session | None = None) -> SessionPlace:
    """Note that the person is there, by the code that was on the screen at the moment; a repeat changes nothing.

    Without a `session` it is looked for among those that the person has a place in. Who waits for a seat gets one when
    one is free. Tries that were wrong are counted even though the act is refused.
    """
    if session:
        if (place := _place_in(session, person, at)).attended_at:
            return place
        sessions = [session]
    else:
        sessions = list(open_to(person, at))
    if not sessions:
        raise _nothing_open(person, at)
    typed = _digits(code)
    ids = [each.pk for each in sessions]
    take_try(person.pk, ids, at=at)
    found = _matching(sessions, typed, at)
    give_back(person.pk, ids)
    return _note(found, person, at)


def open_at(at: datetime) -> QuerySet[Session]:
    """Sessions that people check in to: from a quarter of an hour before they begin until they end."""
    return Session.objects.standing().filter(starts_at__lte=at + OPENS_BEFORE, ends_at__gt=at)


def open_to(person: User, at: datetime, *, checked_in: bool = True) -> QuerySet[Session]:
    """Those of them that the person has a seat in, or waits for one; those checked in to can be left out."""
    has_place = Q(places__person=person, places__cancelled_at=None)
    if not checked_in:
        has_place &= Q(places__attended_at=None)
    return open_at(at).filter(has_place).order_by("starts_at", "pk")


def opens_at(session: Session) -> datetime:
    return session.starts_at - OPENS_BEFORE


def _place_in(session: Session, person: User, at: datetime) -> SessionPlace:
    """The person's place, when the session can be checked in to; refused in words otherwise."""
    place = session.places.filter(person=person, cancelled_at=None).first()
    if place is None:
        raise Refused(_("You have no seat in this session. Ask the instructor."), code="no_place")
    if session.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if place.attended_at:
        return place
    if at < opens_at(session):
        raise _too_early(session)
    if at >= session.ends_at:
        text = _("This session is over. Who was there can still be noted by the instructor.")
        raise Refused(text, code="session_over")
    return place


def _too_early(session: Session) -> Refused:
    when = time_format(timezone.localtime(opens_at(session)), "H:i")
    text = _("Too early: checking in to “%(title)s” opens at %(when)s, a quarter of an hour before it begins.")
    return Refused(text % {"title": session, "when": when}, code="not_open_yet")


def _nothing_open(person: User, at: datetime) -> Refused:
    """Why there is nothing to check in to: the next one is later today, or there is none."""
    coming = Session.objects.standing().filter(
        places__person=person, places__cancelled_at=None, starts_at__gt=at, starts_at__lt=at + timedelta(hours=12)
    )
    if following := coming.order_by("starts_at").first():
        return _too_early(following)
    return Refused(_("None of your sessions is on now, so there is nothing to check in to."), code="nothing_open")


def _digits(code: str) -> str:
    """The six digits, however they were typed; full-width ones too."""
    typed = "".join(str(int(letter)) for letter in code if letter.isdecimal())
    if len(typed) != DIGITS:
        text = _("The code has %(n)s digits; it stands on the screen in the room.") % {"n": DIGITS}
        raise Refused(text, field="code", code="code_incomplete")
    return typed


def _matching(sessions: Sequence[Session], code: str, at: datetime) -> Session:
    """The session whose code it is."""
    verdicts = {each: verdict(each.secret, code, at) for each in sessions}
    for each, found in verdicts.items():
        if found == Verdict.GOOD:
            return each
    if Verdict.OLD in verdicts.values():
        text = _("This code has passed: it changes every 30 seconds. Take the one that is on the screen now.")
        raise Refused(text, field="code", code="code_old")
    others = open_at(at).exclude(pk__in=[each.pk for each in sessions])
    if any(verdict(other.secret, code, at) == Verdict.GOOD for other in others):
        text = _("This is the code of another session, in which you have no seat.")
        raise Refused(text, field="code", code="code_elsewhere")
    raise Refused(_("This code is not right. Compare it with the screen."), field="code", code="code_wrong")


@transaction.atomic
def _note(session: Session, person: User, at: datetime) -> SessionPlace:
    """The fact; a later one than what the roster said, which the history keeps."""
    found = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    place = _place_in(found, person, at)
    if place.attended_at:
        return place
    late = int((at - found.starts_at).total_seconds() // 60)
    place.attended_at, place.late_minutes, place.left_early_minutes = at, late if late > 0 else None, None
    place.excused_reason, place.noted_by, place.waiting_since = "", Noted.CODE, None
    try:
        with in_words(), as_(person):
            place.save()
    except Refused as refusal:
        raise (_no_seat() if refusal.code == "session_full" else refusal) from refusal
    place.refresh_from_db()
    settle_people([person.pk], "session", at=at)
    return place


def _no_seat() -> Refused:
    text = _("You are on the waiting list, and all seats are taken. Ask the instructor.")
    return Refused(text, code="session_full")
