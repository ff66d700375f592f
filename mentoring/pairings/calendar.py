"""Half-time and the planned end in the calendar that mentors and mentees follow; nobody is named there."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from courses.feeds.sources import FEED_SOURCES, Reader, all_day
from mentoring.evaluations.due import half_time
from mentoring.pairings.models import Pairing


def milestones(reader: Reader) -> Iterable[Event]:
    """Both days of the person's open pairings, as mentor or as mentee."""
    person = reader.person
    rows = Pairing.objects.open().filter(Q(mentor=person) | Q(mentee=person)).select_related("plan")
    for row in rows.order_by("started_on", "pk"):
        url = reverse("pairing", args=[row.pk]) if row.mentor_id == person.pk else reverse("my-mentor")
        for name, title, day in _days(row):
            yield all_day(f"pairing-{row.pk}-{name}", title, day, url=url, changed_at=row.modified_at)


def _days(row: Pairing) -> Iterable[tuple[str, str, date]]:
    if middle := half_time(row):
        yield "half", _("Half-time of mentoring: evaluate"), middle
    if row.planned_end:
        yield "end", _("Mentoring is planned until today"), row.planned_end


FEED_SOURCES.register("pairings", milestones)
