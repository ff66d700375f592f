"""What a session needs whoever is in it: words, a place that is big enough, numbers and days that fit together."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.audiences.members import watch
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.rooms.models import Room
from courses.series.models import Entry, Series
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core.errors import Refused

SHORTEST, LONGEST = 10, 600
JUDGED_AHEAD = timedelta(days=2)


class About(TypedDict, total=False):
    """What may be said of a session besides its title, its time and its people."""

    course: Course | None
    topic: Topic | None
    agenda: str
    kind: str
    room: Room | None
    join_url: str
    entry: str
    audience: Audience | None
    sign_up_until: datetime | None
    capacity: int | None
    minimum: int | None
    minimum_by: datetime | None
    feedback: str
    series: Series | None
    number: int


def check(session: Session, at: datetime) -> None:
    """Refuse a session that cannot take place as it is, naming the field at fault."""
    if not session.title:
        raise Refused(_("Say what it is about."), field="title", code="title_missing")
    check_length(session)
    if not (session.room or session.join_url):
        raise Refused(_("Say where: a room, or a link to join."), field="room", code="place_missing")
    check_coming(session.starts_at, at)
    _check_room(session)
    _check_numbers(session)
    _check_days(session)


def check_length(session: Session) -> None:
    if not SHORTEST <= session.minutes <= LONGEST:
        text = _("A session takes %(least)s to %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}
        raise Refused(text, field="minutes", code="minutes_out_of_range")


def check_coming(starts_at: datetime, at: datetime) -> None:
    if starts_at <= at:
        raise Refused(_("This time has passed."), field="starts_at", code="starts_in_past")


def check_seats(session: Session, people: int) -> None:
    """Refuse more people than there are seats in the session or in its room."""
    if session.capacity is not None and people > session.capacity:
        text = ngettext(
            "There is %(seats)s seat for %(people)s people.",
            "There are %(seats)s seats for %(people)s people.",
            session.capacity,
        )
        raise Refused(text % {"seats": session.capacity, "people": people}, field="people", code="session_full")
    _check_fits(session, people)


def seats_of_room(session: Session) -> int | None:
    """How many its room holds; None when that is unknown, or when people can join from elsewhere."""
    return session.room.seats if session.room and not session.join_url else None


def _check_fits(session: Session, people: int, field: str = "room") -> None:
    seats = seats_of_room(session)
    if seats is not None and people > seats:
        text = ngettext(
            "%(room)s has %(seats)s seat; %(people)s are wanted.",
            "%(room)s has %(seats)s seats; %(people)s are wanted.",
            seats,
        )
        values = {"room": session.room, "seats": seats, "people": people}
        raise Refused(text % values, field=field, code="room_too_small")


def _check_room(session: Session) -> None:
    if session.room and session.room.retired_at:
        text = _("%(room)s is no longer in use.") % {"room": session.room}
        raise Refused(text, field="room", code="room_retired")
    _check_fits(session, session.capacity or 0, field="capacity")


def _check_numbers(session: Session) -> None:
    if session.capacity and session.minimum and session.minimum > session.capacity:
        text = _("The minimum number is greater than the number of seats.")
        raise Refused(text, field="minimum", code="minimum_too_great")


def _check_days(session: Session) -> None:
    """People sign up, and are counted, before it begins."""
    if session.sign_up_until and session.sign_up_until > session.starts_at:
        raise Refused(_("People cannot sign up after it has begun."), field="sign_up_until", code="sign_up_after_start")
    if session.minimum_by and session.minimum_by > session.starts_at:
        raise Refused(
            _("Whether enough come is judged before it begins."), field="minimum_by", code="judged_after_start"
        )


def complete(session: Session, at: datetime) -> None:
    """Fill in what follows from the rest: the course's topic, the room's seats, a day to see whether enough come.

    The members of the audience are kept from now on, so that it is known who may sign up.
    """
    if session.topic is None and session.course:
        session.topic = session.course.topic
    if session.capacity is None and session.entry == Entry.SIGN_UP:
        session.capacity = seats_of_room(session)
    if session.audience and not session.audience.watched:
        watch(session.audience, at=at)
    if session.minimum is None:
        session.minimum_by = session.too_few_at = None
    elif session.minimum_by is None:
        session.minimum_by = _whole_minute(max(session.starts_at - JUDGED_AHEAD, min(at, session.starts_at)))


def _whole_minute(moment: datetime) -> datetime:
    """As forms write it: who sends back what was shown has changed nothing."""
    return moment.replace(second=0, microsecond=0)
