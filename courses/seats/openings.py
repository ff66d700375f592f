"""What a person may sign up for, with how he or she stands to each: the own place, the turn, another session then."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from courses.seats.clashes import is_elsewhere
from courses.seats.queue import with_turn
from courses.sessions.models import Session, SessionPlace, SessionQuerySet, Teaching
from trainingsite.people.models import User


def openings(user: User, *, at: datetime) -> SessionQuerySet:
    """Sessions to come that are open to the person now, and those among them in which he or she has a place."""
    own = _own_place(user)
    given = Exists(Teaching.objects.filter(session=OuterRef("pk"), instructor__person=user))
    in_time = Q(sign_up_until=None) | Q(sign_up_until__gt=at) | own
    return Session.objects.open_to(user).filter(in_time, starts_at__gt=at).exclude(given)


def offered(user: User, *, at: datetime) -> int:
    """How many sessions the person could sign up for and has not."""
    return openings(user, at=at).exclude(_own_place(user)).count()


def _own_place(user: User) -> Exists:
    """Within a query of sessions: that the person has a place or waits for one."""
    return Exists(SessionPlace.objects.filter(session=OuterRef("pk"), person=user, cancelled_at=None))


def has_free_seat() -> Q:
    """After `with_numbers`: that nobody has to wait."""
    return Q(capacity=None) | Q(people__lt=F("capacity"))


def for_the_list(sessions: SessionQuerySet, user: User) -> SessionQuerySet:
    """With everything that a row shows, in two more queries whatever the number of rows."""
    own = with_turn(SessionPlace.objects.filter(person=user, cancelled_at=None))
    known = sessions.with_where_and_who().select_related("room", "topic")
    found = known.annotate(is_elsewhere=is_elsewhere(user))
    return found.prefetch_related(Prefetch("places", own, to_attr="own"))


@dataclass(frozen=True)
class Opening:
    """How the person stands to a session to sign up for; `fresh` right after doing so, when undoing is easy."""

    session: Session
    place: SessionPlace | None
    at: datetime
    fresh: bool = False

    @property
    def turn(self) -> int | None:
        """The place in the waiting list."""
        return getattr(self.place, "turn", None)

    @property
    def free(self) -> int | None:
        """How many seats are free; None when there is no limit."""
        capacity = self.session.capacity
        return None if capacity is None else max(capacity - self.session.people, 0)

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def clashes(self) -> bool:
        return bool(getattr(self.session, "is_elsewhere", False)) and self.place is None

    @property
    def closed(self) -> bool:
        """Too late to sign up; who has a place may still give it up until it begins."""
        until = self.session.sign_up_until
        return self.session.starts_at <= self.at or (until is not None and until <= self.at)


def opening(session: Session, user: User, *, at: datetime, fresh: bool = False) -> Opening:
    """How the person stands to one session, read anew."""
    found = for_the_list(Session.objects.with_numbers().filter(pk=session.pk), user).get()
    return shown(found, at=at, fresh=fresh)


def shown(session: Session, *, at: datetime, fresh: bool = False) -> Opening:
    """A session that `for_the_list` has read."""
    own: list[SessionPlace] = session.own  # type: ignore[attr-defined]  # prefetched under this name
    return Opening(session, own[0] if own else None, at, fresh)
