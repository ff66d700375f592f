"""Plan, move and cancel sessions, give places in them, note who was there.

One plan is changed after the other: the checks read what others have planned. The database refuses what passes them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Unpack
from uuid import UUID, uuid4

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from courses.instructors.models import Instructor
from courses.sessions.checks import LONGEST, SHORTEST, About, check, check_coming, check_length, check_seats, complete
from courses.sessions.clashes import Slot, clashes_of, in_words, refuse
from courses.sessions.hooks import seats_freed
from courses.sessions.models import Session, SessionPlace
from courses.sessions.notices import everybody, tell_cancelled, tell_changed, tell_moved, tell_planned, tell_taken_out
from courses.sessions.teaching import given_by, leaving, lengthen, teach
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.people.models import User

__all__ = ["LONGEST", "SHORTEST", "About"]

MOVED = ("room", "join_url")
# What makes a place anew a seat that nobody has given up and about which nobody has answered.
ANEW = {
    "cancelled_at": None,
    "waiting_since": None,
    "given_up_reason": "",
    "answer": "",
    "answered_at": None,
    "answer_reason": "",
}


@transaction.atomic
def schedule(  # noqa: PLR0913 - what a session consists of
    *,
    title: str,
    starts_at: datetime,
    minutes: int,
    by: User | None,
    at: datetime,
    instructors: Iterable[Instructor] = (),
    taught: Mapping[int, int] | None = None,
    people_ids: Iterable[int] = (),
    anyway: bool = False,
    token: UUID | None = None,
    told: bool = True,
    **about: Unpack[About],
) -> Session:
    """Plan a session and give these people places; a repeat with the same token returns the same session.

    Who plans many at once tells people of all together: then they are not `told` of this one.

    Raises Clashing: always for hard clashes, for the others unless it is planned `anyway`.
    """
    one_at_a_time()
    token = token or uuid4()
    if known := Session.objects.filter(token=token).first():
        return known
    ends_at = starts_at + timedelta(minutes=minutes)
    session = Session(title=title, starts_at=starts_at, ends_at=ends_at, planned_by=by, token=token, **about)
    _tidy(session, at)
    wanted, given = set(people_ids), list(instructors)
    check_seats(session, len(wanted))
    refuse(clashes_of(Slot.of(session, people=wanted, instructors=given)), anyway=anyway)
    with _written(by):
        session.save()
        teachers = teach(session, given, taught)
        _give_places(session, wanted)
    if told:
        tell_planned(session, wanted.union(teachers), at=at)
    return session


@contextmanager
def _written(by: User | None) -> Iterator[None]:
    """What is written within the block is written by this person in the history, or refused in words."""
    with pghistory.context(user=by.pk if by else None), in_words():
        yield


def one_at_a_time() -> None:
    """Wait until nobody else changes the plan, and keep it until the transaction ends."""
    take_turns("courses.plan")


def _tidy(session: Session, at: datetime) -> None:
    session.title, session.agenda = session.title.strip(), session.agenda.strip()
    complete(session, at)
    check(session, at)


@transaction.atomic
def move(
    session: Session,
    *,
    starts_at: datetime,
    by: User | None,
    at: datetime,
    minutes: int | None = None,
    anyway: bool = False,
) -> Session:
    """Let it take place at another time; whoever has a place keeps it and is told, once. A repeat changes nothing."""
    found = standing(session, at)
    before, ends_at = found.minutes, starts_at + timedelta(minutes=minutes or found.minutes)
    if (found.starts_at, found.ends_at) == (starts_at, ends_at):
        return found
    check_coming(starts_at, at)
    _shift(found, starts_at, ends_at)
    check_length(found)
    refuse(clashes_of(slot_of(found)), anyway=anyway)
    with _written(by):
        found.save()
        lengthen(found, before)
    tell_moved(found)
    return found


def _shift(session: Session, starts_at: datetime, ends_at: datetime) -> None:
    """At another time, its deadlines go along, and whether enough come is judged anew."""
    by = starts_at - session.starts_at
    session.starts_at, session.ends_at = starts_at, ends_at
    session.sign_up_until = session.sign_up_until + by if session.sign_up_until else None
    session.minimum_by = session.minimum_by + by if session.minimum_by else None
    session.too_few_at = None
    session.moves, session.sequence = session.moves + 1, session.sequence + 1


def slot_of(session: Session, starts_at: datetime | None = None) -> Slot:
    """The session, at another time when one is given, with everybody who has a seat or gives it."""
    people = session.places.filter(seat__isnull=False).values_list("person_id", flat=True)
    return Slot.of(session, starts_at=starts_at, people=people, instructors=given_by(session))


@transaction.atomic
def change(  # noqa: PLR0913 - whatever is to be changed
    session: Session,
    *,
    by: User | None,
    at: datetime,
    title: str | None = None,
    instructors: Iterable[Instructor] | None = None,
    taught: Mapping[int, int] | None = None,
    anyway: bool = False,
    **about: Unpack[About],
) -> Session:
    """Change what it is about, where it is and who gives it; people hear of another place as of a move."""
    found = standing(session, at)
    fields: dict[str, object] = {**about, **({} if title is None else {"title": title})}
    before = {name: getattr(found, name) for name in fields}
    for name, value in fields.items():
        setattr(found, name, value)
    _tidy(found, at)
    given = given_by(found) if instructors is None else list(instructors)
    seated = set(found.places.filter(seat__isnull=False).values_list("person_id", flat=True))
    check_seats(found, len(seated))
    refuse(clashes_of(Slot.of(found, people=seated, instructors=given)), anyway=anyway)
    gone = leaving(found, given) - seated
    with _written(by):
        teachers = teach(found, given, taught)
        changed = {name for name, value in before.items() if getattr(found, name) != value}
        _publish(found, changed, teachers, at)
    if gone:
        tell_taken_out(found, gone, at=at, gave=True)
    return found


def _publish(session: Session, changed: set[str], teachers: list[int], at: datetime) -> None:
    """Save what was changed, and tell whom it concerns; only what everybody is told of makes old answers void."""
    moved = bool(changed.intersection(MOVED))
    session.moves += int(moved)
    session.sequence += int(moved or "title" in changed)
    session.save()
    if moved:
        tell_moved(session)
    else:
        tell_planned(session, teachers, at=at)
        if "title" in changed:
            tell_changed(session, but=teachers)
    if "capacity" in changed:
        seats_freed(session, at)


@transaction.atomic
def cancel(session: Session, *, reason: str, by: User | None, at: datetime) -> Session:
    """Call it off; everybody with a place is told and the reason is kept. A repeat changes nothing."""
    one_at_a_time()
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.cancelled_at:
        return found
    if found.ends_at <= at:
        raise Refused(_("It has taken place; it stays in the record."), code="session_over")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found.cancelled_at, found.cancelled_reason, found.sequence = at, reason.strip(), found.sequence + 1
    with _written(by):
        found.save(update_fields=["cancelled_at", "cancelled_reason", "sequence"])
    tell_cancelled(found, everybody(found))
    return found


@transaction.atomic
def place(session: Session, people_ids: Iterable[int], *, by: User | None, at: datetime, anyway: bool = False) -> int:
    """Give these people seats; who has one keeps it. Returns the number of new ones."""
    found = standing(session, at)
    held = set(found.places.filter(seat__isnull=False).values_list("person_id", flat=True))
    fresh = set(people_ids) - held
    if not fresh:
        return 0
    check_seats(found, len(held | fresh))
    refuse(clashes_of(Slot.of(found, people=held | fresh, instructors=given_by(found))), anyway=anyway)
    with _written(by):
        _give_places(found, fresh)
    tell_planned(found, fresh, at=at)
    return len(fresh)


def _give_places(session: Session, people: set[int]) -> None:
    """Seats for these people, who have none; who waits or had given up is back as if it had never been."""
    known = session.places.filter(person_id__in=people)
    back = set(known.values_list("person_id", flat=True))
    known.update(**ANEW)
    SessionPlace.objects.bulk_create(
        [SessionPlace(session=session, person_id=person) for person in sorted(people - back)], batch_size=1000
    )


@transaction.atomic
def take_out(session: Session, people_ids: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Take these people's places away and tell them; a repeat changes nothing. Returns how many had one."""
    found = standing(session, at)
    theirs = found.places.filter(person_id__in=list(people_ids), cancelled_at=None)
    people = list(theirs.values_list("person_id", flat=True))
    with _written(by):
        theirs.update(cancelled_at=at, waiting_since=None)
    tell_taken_out(found, people, at=at)
    if people:
        seats_freed(found, at)
    return len(people)


def standing(session: Session, at: datetime) -> Session:
    """The session's present row, locked while nobody else plans; refuses one that was cancelled or has begun."""
    one_at_a_time()
    found = Session.objects.select_for_update(of=("self",)).select_related("room").get(pk=session.pk)
    if found.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if found.starts_at <= at:
        raise Refused(_("This session has begun; it stays as it is."), code="session_begun")
    return found
