"""Rotations in the calendar of the product and in people's own ones."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from icalendar import Event

from courses.calendar.sources import SOURCES, Entry, Source, State, Window
from courses.feeds.sources import FEED_SOURCES, Reader, all_day
from mentoring.rotation.models import Rotation, RotationState, RotationTask

KEY = "rotations"


def entries(window: Window) -> Iterable[Entry]:
    """The first and the last day of the rotations that one sees; the own ones, and those one looks after, stand out."""
    if window.filters.sessions_only or window.filters.topic_path:
        return
    days = Q(begins_on__range=(window.first, window.last)) | Q(ends_on__range=(window.first, window.last))
    rows = Rotation.objects.visible_to(window.user).standing().filter(days)
    if window.filters.mine:
        rows = rows.filter(Q(person=window.user) | Q(host=window.user))
    if path := window.filters.department_path:
        rows = rows.filter(person__department__path__startswith=path)
    for row in rows.select_related("offer__department", "person").order_by("begins_on", "pk"):
        for day, word in _edges(row):
            if window.first <= day <= window.last:
                yield _entry(row, day, word, window)


def _edges(row: Rotation) -> list[tuple[date, str]]:
    return [
        (row.begins_on, pgettext("rotation", "First day")),
        (row.ends_on, pgettext("rotation", "Last day")),
    ]


def _entry(row: Rotation, day: date, word: str, window: Window) -> Entry:
    return Entry(
        day=day,
        title=_("Rotation: %(title)s") % {"title": row.offer.title},
        source=KEY,
        url=row.get_absolute_url(),
        place=str(row.offer.department),
        people=row.person.name,
        states=(State("info", word),),
        mine=window.user.pk in (row.person_id, row.host_id),
    )


def days(reader: Reader) -> Iterable[Event]:
    """The person's rotation as days that keep nobody busy, and the days on which its tasks are due."""
    rows = Rotation.objects.standing().filter(person=reader.person, ends_on__gte=reader.since.date())
    for row in rows.select_related("offer").order_by("begins_on", "pk"):
        title = _("Rotation: %(title)s") % {"title": row.offer.title}
        url = row.get_absolute_url()
        event = all_day(f"rotation-{row.pk}", title, row.begins_on, url=url, changed_at=row.modified_at)
        del event["dtend"]
        event.add("dtend", row.ends_on + timedelta(days=1))
        yield event
    tasks = RotationTask.objects.filter(rotation__person=reader.person, done_at=None)
    for task in tasks.filter(rotation__state=RotationState.APPROVED).select_related("rotation"):
        url = task.rotation.get_absolute_url()
        yield all_day(f"rotation-task-{task.pk}", task.text, task.due_on, url=url, changed_at=task.modified_at)


SOURCES.register(KEY, Source(gettext_lazy("Rotations"), "arrows-exchange", 40, entries))
FEED_SOURCES.register(KEY, days)
