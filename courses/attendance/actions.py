"""Check in by the code on the screen; note on the roster who was there, who was late and who was excused."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pghistory
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.acts import PLAN
from courses.attendance.models import Correction
from courses.attendance.states import Fact, Presence, presence_of, reason_of
from courses.programmes.settling import settle_people
from courses.sessions.models import Noted, Session, SessionPlace
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

CLOSES_AFTER = timedelta(days=7)
NOTED_FIELDS = ("attended_at", "late_minutes", "left_early_minutes", "excused_reason", "noted_by")


@transaction.atomic
def note(  # noqa: PLR0913 - who says what about whom, how, and why so late
    session: Session,
    facts: Iterable[Fact],
    *,
    by: User | None,
    at: datetime,
    how: Noted = Noted.ROSTER,
    anyway: bool = False,
    reason: str = "",
) -> int:
    """Note these facts, all or none; returns how many places they changed. A repeat changes nothing.

    What the code noted is changed only `anyway`. A week after the end HR alone corrects, and says why. The history
    keeps each fact.
    """
    found = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    places = {place.person_id: place for place in held(found).select_for_update(of=("self",))}
    wanted = list(facts)
    _check_open(found, at)
    late = _check_late(found, by, at, reason)
    _check_facts(found, wanted, places)
    changed = [(places[fact.person_id], fact) for fact in wanted if differs(places[fact.person_id], fact)]
    if not anyway:
        _check_code(changed)
    came = [place.person_id for place, fact in changed if fact.presence == Presence.PRESENT and not place.attended_at]
    for place, fact in changed:
        _apply(found, place, fact, at, how)
    with as_(by, reason):
        SessionPlace.objects.bulk_update([place for place, _fact in changed], NOTED_FIELDS, batch_size=1000)
    if late:
        _keep_reason([place for place, _fact in changed], by, at, reason)
    settle_people(came, "session", at=at)
    return len(changed)


def held(session: Session) -> models.QuerySet[SessionPlace]:
    """The places that count: those with a seat."""
    return session.places.filter(seat__isnull=False).select_related("person")


def as_(by: User | None, reason: str = "") -> AbstractContextManager[object]:
    """Whatever is written within the block is written by this person in the history."""
    why = {"reason": reason} if reason else {}
    kept: AbstractContextManager[object] = pghistory.context(user=by.pk if by else None, **why)
    return kept


def roster_closed(session: Session, at: datetime) -> bool:
    """Whether what is noted can only be corrected, with a reason."""
    return at > session.ends_at + CLOSES_AFTER


def _check_open(session: Session, at: datetime) -> None:
    if session.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if timezone.localdate(at) < timezone.localdate(session.starts_at):
        raise Refused(_("Attendance is noted on its day, not before."), code="session_not_begun")


def _check_late(session: Session, by: User | None, at: datetime, reason: str) -> bool:
    """Whether this is a correction; refused when the person may not make one, or does not say why."""
    if not roster_closed(session, at):
        return False
    if by is not None and not by.may(PLAN):
        raise Refused(_("The roster closed a week after the session; HR can correct it."), code="roster_closed")
    if not reason.strip():
        raise Refused(_("The roster is closed: say why it is corrected."), field="why", code="reason_missing")
    return True


def _check_facts(session: Session, facts: Sequence[Fact], places: Mapping[int, SessionPlace]) -> None:
    for fact in facts:
        if fact.person_id not in places:
            raise Refused(_("Somebody of them has no seat in this session."), field="person", code="no_place")
        if problem := minutes_problem(session, fact):
            raise Refused(problem, field="late", code="minutes_out_of_range")


def minutes_problem(session: Session, fact: Fact) -> str:
    """What is wrong with the minutes of a fact; nothing when they are good."""
    late, left = fact.late or 0, fact.left or 0
    if (late or left) and fact.presence != Presence.PRESENT:
        return _("Only who was there was late or left early.")
    if late < 0 or left < 0 or late + left >= session.minutes:
        return _("The session takes %(n)s minutes; late and left early together are less.") % {"n": session.minutes}
    return ""


def differs(place: SessionPlace, fact: Fact) -> bool:
    """Whether the fact says something that is not noted yet."""
    if presence_of(place) != fact.presence:
        return True
    minutes = ((fact.late, place.late_minutes), (fact.left, place.left_early_minutes))
    if any(said is not None and said != (known or 0) for said, known in minutes):
        return True
    return bool(fact.presence == Presence.EXCUSED and fact.reason and fact.reason != reason_of(place))


def _check_code(changed: Iterable[tuple[SessionPlace, Fact]]) -> None:
    """That nobody who checked in by the code is noted as away without a second look."""
    names = [
        str(place.person)
        for place, fact in changed
        if place.noted_by == Noted.CODE and fact.presence != Presence.PRESENT
    ]
    if names:
        text = _("Checked in by the code: %(names)s. Confirm that it is to be changed.")
        raise Refused(text % {"names": listed(names)}, code="noted_by_code")


def _apply(session: Session, place: SessionPlace, fact: Fact, at: datetime, how: Noted) -> None:
    place.noted_by = how
    if fact.presence == Presence.PRESENT:
        place.attended_at = place.attended_at or min(at, session.ends_at)
        place.late_minutes = place.late_minutes if fact.late is None else fact.late or None
        place.left_early_minutes = place.left_early_minutes if fact.left is None else fact.left or None
        place.excused_reason = ""
        return
    place.attended_at = place.late_minutes = place.left_early_minutes = None
    excused = fact.presence == Presence.EXCUSED
    place.excused_reason = (fact.reason.strip() or place.excused_reason or _leave())[:200] if excused else ""


def _leave() -> str:
    """What is kept of who was excused by one tap: no reason, yet not absent."""
    return pgettext("attendance", "leave")


def _keep_reason(places: Iterable[SessionPlace], by: User | None, at: datetime, reason: str) -> None:
    Correction.objects.bulk_create(
        [Correction(place=place, by=by, at=at, reason=reason.strip()[:200]) for place in places], batch_size=1000
    )


@transaction.atomic
def everybody_present(session: Session, *, by: User | None, at: datetime) -> int:
    """Note all those as present of whom nothing is noted yet; returns how many."""
    waiting = held(session).filter(noted_by=Noted.NOT, attended_at=None).values_list("person_id", flat=True)
    return note(session, [Fact(person, Presence.PRESENT) for person in waiting], by=by, at=at)


@transaction.atomic
def record_attendance(session: Session, present: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Note that these were there and the others were not, except those whom the code or an excuse has noted.

    Returns how many were there.
    """
    here, places = set(present), list(held(session))
    away = [place for place in places if place.noted_by != Noted.CODE and not place.excused_reason]
    facts = [Fact(place.person_id, Presence.PRESENT) for place in places if place.person_id in here]
    facts += [Fact(place.person_id, Presence.ABSENT) for place in away if place.person_id not in here]
    note(session, facts, by=by, at=at)
    return held(session).exclude(attended_at=None).count()
