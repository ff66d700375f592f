"""Runs of refreshers in the calendar: the day on which each opens, and the day on which it is due."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.calendar.sources import SOURCES, Entry, Source, State, Window
from courses.enrolment.models import Enrolment
from courses.refreshers.models import TO_COME, Occurrence
from trainingsite.people.models import User

REFRESHERS = "refreshers"
SKIPPED = "skipped"


def entries(window: Window) -> Iterator[Entry]:
    """The runs that open or are due on these days: all for who plans, else those of people whom one sees; one query."""
    if window.filters.sessions_only:
        return
    days = (window.first, window.last)
    found = _seen(window).filter(Q(on__range=days) | Q(due_on__range=days))
    for run in found.select_related("refresher").order_by("on", "pk"):
        yield from (entry for entry in _of(run, window.user) if window.first <= entry.day <= window.last)


def _seen(window: Window) -> QuerySet[Occurrence]:
    user, filters = window.user, window.filters
    given = Enrolment.objects.visible_to(user).filter(occurrence=OuterRef("pk"), withdrawn_at=None)
    if filters.department_path:
        given = given.filter(person__department__path__startswith=filters.department_path)
    if filters.mine:
        given = given.filter(person=user)
    found = Occurrence.objects.exclude(refresher__paused_at__isnull=False, state__in=TO_COME)
    if filters.topic_path:
        found = found.filter(refresher__course__topic__path__startswith=filters.topic_path)
    plans = user.may(VIEW_PLANS) or user.may(READ_LEARNING)
    if plans and not (filters.department_path or filters.mine):
        return found.visible_to(user)
    return found.filter(Exists(given))


def _of(run: Occurrence, user: User) -> Iterator[Entry]:
    skipped = run.state == SKIPPED
    until = _("until %(day)s") % {"day": date_format(run.due_on, "MONTH_DAY_FORMAT")}
    state = State("neutral", pgettext("run", "Skipped")) if skipped else None
    yield _entry(run, run.on, run.refresher.title, user, place=until, state=state)
    if not skipped and run.due_on != run.on:
        yield _entry(run, run.due_on, _("Due: %(title)s") % {"title": run.refresher.title}, user)


def _entry(run: Occurrence, day: date, title: str, user: User, *, place: str = "", state: State | None = None) -> Entry:
    url = reverse("refresher", args=[run.refresher_id]) if user.may(VIEW_PLANS) else reverse("my-courses")
    return Entry(
        day=day,
        title=title,
        source=REFRESHERS,
        url=url,
        place=place,
        states=(state,) if state else (),
        cancelled=run.state == SKIPPED,
    )


SOURCES.register(REFRESHERS, Source(gettext_lazy("Refreshers"), "calendar-repeat", 20, entries))
