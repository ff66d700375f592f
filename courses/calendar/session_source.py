"""Sessions in the calendar."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from courses.calendar.sources import SOURCES, Entry, Filters, Source, State, Window
from courses.sessions.models import Session, SessionPlace, SessionQuerySet, Teaching
from trainingsite.people.models import User

SESSIONS = "sessions"


def entries(window: Window) -> Iterator[Entry]:
    """The sessions of the window that the person may see, cancelled ones too; one query."""
    found = Session.objects.visible_to(window.user).filter(starts_at__lt=window.end, ends_at__gt=window.begin)
    found = _narrowed(found, window).select_related("room")
    for session in _with_mine(found, window.user).order_by("starts_at", "pk"):
        yield _entry(session)


def _with_mine(found: SessionQuerySet, user: User) -> SessionQuerySet:
    """Adds how many have a seat or wait, and what the person is in it."""
    own = SessionPlace.objects.filter(session=OuterRef("pk"), person=user)
    return found.with_numbers().annotate(
        my_seat=Exists(own.filter(seat__isnull=False)),
        my_waiting=Exists(own.filter(waiting_since__isnull=False)),
        my_teaching=Exists(Teaching.objects.filter(session=OuterRef("pk"), instructor__person=user)),
    )


def _narrowed(found: SessionQuerySet, window: Window) -> SessionQuerySet:
    filters = window.filters
    found = found.filter(_own_fields(filters))
    if filters.instructor:
        given = Teaching.objects.filter(session=OuterRef("pk"), instructor=filters.instructor)
        found = found.filter(Exists(given))
    if filters.department_path:
        people = Q(person__department__path__startswith=filters.department_path)
        found = found.filter(Exists(_places().filter(people)))
    if filters.mine:
        teaching = Teaching.objects.filter(session=OuterRef("pk"), instructor__person=window.user)
        found = found.filter(Exists(teaching) | Exists(_places().filter(person=window.user)))
    return found


def _own_fields(filters: Filters) -> Q:
    """The condition on what stands in the session itself; a topic takes those below it along."""
    asked = {"room": filters.room, "kind": filters.kind, "topic__path__startswith": filters.topic_path}
    return Q(**{lookup: value for lookup, value in asked.items() if value})


def _places() -> QuerySet[SessionPlace]:
    """Within a query of sessions: its seats, and who waits for one."""
    return SessionPlace.objects.filter(session=OuterRef("pk"), cancelled_at=None)


def _entry(session: Session) -> Entry:
    begin = timezone.localtime(session.starts_at)
    mine = session.my_seat or session.my_waiting or session.my_teaching  # type: ignore[attr-defined]  # annotated
    return Entry(
        day=begin.date(),
        title=session.title,
        source=SESSIONS,
        starts_at=begin,
        ends_at=timezone.localtime(session.ends_at),
        url=reverse("session", args=[session.pk]),
        place=session.place,
        people=_people(session),
        states=tuple(_states(session)),
        cancelled=session.cancelled_at is not None,
        mine=bool(mine),
    )


def _people(session: Session) -> str:
    """How many have a seat, and of how many."""
    if session.capacity:
        return f"{session.people}/{session.capacity}"
    return ngettext("%(n)s person", "%(n)s people", session.people) % {"n": session.people}


def _states(session: Session) -> Iterator[State]:
    """What there is to know of it at a glance, the most important first."""
    if session.cancelled_at:
        yield State("neutral", pgettext("session", "Cancelled"))
        return
    if session.my_waiting:  # type: ignore[attr-defined]  # annotated
        yield State("info", _("You are waiting for a seat"))
    if session.too_few_at:
        yield State("warn", pgettext("session", "Too few"))
    if session.capacity and session.people >= session.capacity:
        yield State("info", pgettext("session", "Full"))
    if session.waiting:
        yield State("info", ngettext("%(n)s waiting", "%(n)s waiting", session.waiting) % {"n": session.waiting})


SOURCES.register(SESSIONS, Source(gettext_lazy("Sessions"), "presentation", 10, entries))
