"""Plan, move and cancel sessions, give places in them, note who was there.

One plan is changed after the other: the checks read what others have planned.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.curriculum.models import Course
from courses.programmes.settling import settle_people
from courses.sessions.clashes import Slot, clashes_of, refuse
from courses.sessions.models import Session, SessionPlace
from courses.sessions.notices import everybody, tell_cancelled, tell_moved, tell_planned, tell_taken_out
from courses.topics.models import Topic
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

SHORTEST, LONGEST = 10, 600
PLAN_LOCK = 7_302  # any number that no other advisory lock of ours has


@transaction.atomic
def schedule(  # noqa: PLR0913 - what a session consists of
    *,
    title: str,
    starts_at: datetime,
    minutes: int,
    by: User | None,
    at: datetime,
    course: Course | None = None,
    topic: Topic | None = None,
    agenda: str = "",
    room: str = "",
    join_url: str = "",
    instructor: User | None = None,
    capacity: int | None = None,
    people_ids: Iterable[int] = (),
    anyway: bool = False,
    token: UUID | None = None,
) -> Session:
    """Plan a session and give these people places; a repeat with the same token returns the same session.

    Raises Clashing: always for hard clashes, for the others unless it is planned `anyway`.
    """
    _one_at_a_time()
    token = token or uuid4()
    if known := Session.objects.filter(token=token).first():
        return known
    session = Session(
        title=title.strip(),
        course=course,
        topic=topic or (course.topic if course else None),
        agenda=agenda.strip(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        room=room.strip(),
        join_url=join_url,
        instructor=instructor,
        capacity=capacity,
        planned_by=by,
        token=token,
    )
    wanted = set(people_ids)
    _check(session, at)
    _check_seats(session, len(wanted))
    refuse(clashes_of(Slot.of(session, people=wanted)), anyway=anyway)
    with _as(by):
        session.save()
        _give_places(session, wanted, at)
    if instructor:
        tell_planned(session, [instructor.pk], at=at)
    return session


def _as(by: User | None) -> AbstractContextManager[object]:
    """Whatever is written within the block is written by this person in the history."""
    kept: AbstractContextManager[object] = pghistory.context(user=by.pk if by else None)
    return kept


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLAN_LOCK])


def _check(session: Session, at: datetime) -> None:
    """What a session needs whoever is in it."""
    if not session.title:
        raise Refused(_("Say what it is about."), field="title", code="title_missing")
    if not SHORTEST <= session.minutes <= LONGEST:
        text = _("A session takes %(least)s to %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}
        raise Refused(text, field="minutes", code="minutes_out_of_range")
    if not (session.room or session.join_url):
        raise Refused(_("Say where: a room, or a link to join."), field="room", code="place_missing")
    _check_coming(session.starts_at, at)


def _check_coming(starts_at: datetime, at: datetime) -> None:
    if starts_at <= at:
        raise Refused(_("This time has passed."), field="starts_at", code="starts_in_past")


def _check_seats(session: Session, people: int) -> None:
    if session.capacity is not None and people > session.capacity:
        text = ngettext(
            "There is %(seats)s seat for %(people)s people.",
            "There are %(seats)s seats for %(people)s people.",
            session.capacity,
        )
        raise Refused(text % {"seats": session.capacity, "people": people}, field="people", code="session_full")


@transaction.atomic
def move(session: Session, *, starts_at: datetime, by: User | None, at: datetime, anyway: bool = False) -> Session:
    """Let it take place at another time; whoever has a place keeps it and is told, once. A repeat changes nothing."""
    found = _standing(session, at)
    if found.starts_at == starts_at:
        return found
    _check_coming(starts_at, at)
    refuse(clashes_of(move_slot(found, starts_at)), anyway=anyway)
    length = found.ends_at - found.starts_at
    found.starts_at, found.ends_at, found.moves = starts_at, starts_at + length, found.moves + 1
    with _as(by):
        found.save(update_fields=["starts_at", "ends_at", "moves"])
    tell_moved(found)
    return found


def move_slot(session: Session, starts_at: datetime) -> Slot:
    """The session at another time, with everybody who has a place."""
    people = session.places.filter(cancelled_at=None).values_list("person_id", flat=True)
    return Slot.of(session, starts_at=starts_at, people=people)


@transaction.atomic
def change(session: Session, *, by: User | None, at: datetime, anyway: bool = False, **fields: object) -> Session:
    """Change what it is about, where it is and who gives it; people hear of another place as of a move."""
    found = _standing(session, at)
    before = (found.room, found.join_url)
    instructor_before = found.instructor_id
    for name, value in fields.items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    _check(found, at)
    _check_seats(found, found.places.filter(cancelled_at=None).count())
    refuse(clashes_of(move_slot(found, found.starts_at)), anyway=anyway)
    moved = before != (found.room, found.join_url)
    found.moves += int(moved)
    with _as(by):
        found.save()
    if moved:
        tell_moved(found)
    elif found.instructor_id and found.instructor_id != instructor_before:
        tell_planned(found, [found.instructor_id], at=at)
    return found


@transaction.atomic
def cancel(session: Session, *, reason: str, by: User | None, at: datetime) -> Session:
    """Call it off; everybody with a place is told and the reason is kept. A repeat changes nothing."""
    _one_at_a_time()
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.cancelled_at:
        return found
    if found.ends_at <= at:
        raise Refused(_("It has taken place; it stays in the record."), code="session_over")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found.cancelled_at, found.cancelled_reason = at, reason.strip()
    with _as(by):
        found.save(update_fields=["cancelled_at", "cancelled_reason"])
    tell_cancelled(found, everybody(found))
    return found


@transaction.atomic
def place(session: Session, people_ids: Iterable[int], *, by: User | None, at: datetime, anyway: bool = False) -> int:
    """Give these people places; who has one keeps it. Returns the number of new places."""
    found = _standing(session, at)
    held = set(found.places.filter(cancelled_at=None).values_list("person_id", flat=True))
    fresh = set(people_ids) - held
    if not fresh:
        return 0
    _check_seats(found, len(held | fresh))
    refuse(clashes_of(Slot.of(found, people=held | fresh)), anyway=anyway)
    with _as(by):
        _give_places(found, fresh, at)
    return len(fresh)


def _give_places(session: Session, people: set[int], at: datetime) -> None:
    session.places.filter(person_id__in=people).update(cancelled_at=None)
    known = set(session.places.filter(person_id__in=people).values_list("person_id", flat=True))
    SessionPlace.objects.bulk_create(
        [SessionPlace(session=session, person_id=person) for person in sorted(people - known)], batch_size=1000
    )
    tell_planned(session, people, at=at)


@transaction.atomic
def take_out(session: Session, people_ids: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Take these people's places away and tell them; a repeat changes nothing. Returns how many had one."""
    found = _standing(session, at)
    held = found.places.filter(person_id__in=list(people_ids), cancelled_at=None)
    people = list(held.values_list("person_id", flat=True))
    with _as(by):
        held.update(cancelled_at=at)
    tell_taken_out(found, people, at=at)
    return len(people)


def _standing(session: Session, at: datetime) -> Session:
    """The session's present row, locked; refuses one that was cancelled or has begun."""
    _one_at_a_time()
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if found.starts_at <= at:
        raise Refused(_("This session has begun; it stays as it is."), code="session_begun")
    return found


@transaction.atomic
def record_attendance(session: Session, present: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Note who of those with a place was there, from its first day on; a tick that is taken away takes it back."""
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if timezone.localdate(at) < timezone.localdate(found.starts_at):
        raise Refused(_("Attendance is noted on its day, not before."), code="session_not_begun")
    held = found.places.filter(cancelled_at=None)
    here = set(present)
    with _as(by):
        held.filter(person_id__in=here, attended_at=None).update(attended_at=at)
        held.exclude(person_id__in=here).exclude(attended_at=None).update(attended_at=None)
    settle_people(here, "session", at=at)
    return held.exclude(attended_at=None).count()
