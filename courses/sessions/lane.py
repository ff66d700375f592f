"""The sessions on the planning board: chips that can be moved, and the hours that they take."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.acts import PLAN
from courses.enrolment.models import Enrolment
from courses.planning.due_lane import of_topic
from courses.planning.effects import EVENTS, Event
from courses.planning.lanes import HOURS, LANES, Bar, Hours, Lane, Row, Window
from courses.sessions.models import Session, SessionPlace, SessionQuerySet


def _between(first: date, last: date) -> SessionQuerySet:
    """Standing sessions that begin on these days."""
    return Session.objects.standing().filter(starts_at__date__gte=first, starts_at__date__lte=last)


def _narrowed(window: Window) -> SessionQuerySet:
    """The sessions of the window as the board is narrowed; a programme has those of the courses that it gives."""
    filters = window.filters
    found = _between(window.first, window.last).filter(of_topic(filters.topic))
    if filters.programme:
        given = Enrolment.objects.filter(assignment__programme=filters.programme, course=OuterRef("course"))
        found = found.filter(Exists(given))
    if filters.department_path:
        places = SessionPlace.objects.filter(
            session=OuterRef("pk"), seat__isnull=False, person__department__path__startswith=filters.department_path
        )
        found = found.filter(Exists(places))
    return found


def rows(window: Window) -> Iterator[Row]:
    """All sessions in one line."""
    found = _narrowed(window).select_related("room").with_numbers().order_by("starts_at", "pk")
    may_move = window.user.may(PLAN)
    bars = tuple(_bar(session, window.today if may_move else None) for session in found)
    if bars:
        yield Row(bars)


def _bar(session: Session, movable_from: date | None) -> Bar:
    begin = timezone.localtime(session.starts_at)
    movable = movable_from is not None and begin.date() >= movable_from
    people = ngettext("%(n)s person", "%(n)s people", session.people) % {"n": session.people}
    return Bar(
        first=begin.date(),
        last=begin.date(),
        label=session.title,
        detail=f"{time_format(begin, 'H:i')} · {session.place} · {people}",
        url=reverse("session", args=[session.pk]),
        icon="presentation",
        level="session",
        move_url=reverse("session-move", args=[session.pk]) if movable else "",
    )


def hours(window: Window) -> Iterator[Hours]:
    """Who spends how long in which session, by department."""
    held = SessionPlace.objects.held().filter(session__in=_narrowed(window))
    held = held.exclude(person__department=None)
    if window.filters.department_path:
        held = held.filter(person__department__path__startswith=window.filters.department_path)
    spans = held.values_list("person__department", "session", "session__starts_at", "session__ends_at")
    for department, _session, start, end, people in spans.annotate(n=Count("pk")).order_by("session"):
        yield Hours(department, people, int((end - start).total_seconds() // 60), start)


def inside(first: date, last: date) -> Iterator[Event]:
    """The sessions that a season between these days would hold."""
    for session in _between(first, last).filter(Q(cancelled_at=None)).order_by("starts_at", "pk"):
        yield Event(session.title, session.starts_at, reverse("session-move", args=[session.pk]))


LANES.register("sessions", Lane(_("Sessions"), "presentation", order=30, rows=rows))
HOURS.register("sessions", hours)
EVENTS.register("sessions", inside)
