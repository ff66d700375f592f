"""Check-ins in the calendar that a mentor or a mentee follows; nobody is named there."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from courses.feeds.sources import FEED_SOURCES, Reader, all_day
from mentoring.checkins.models import CheckIn


def checkins(reader: Reader) -> Iterable[Event]:
    """The planned talks of open pairings, on the day that they are due."""
    person = reader.person
    mine = Q(pairing__mentor=person) | Q(pairing__mentee=person)
    rows = CheckIn.objects.planned().filter(mine, pairing__ended_on=None).select_related("pairing")
    for row in rows.order_by("due_on", "pk"):
        url = reverse("checkin", args=[row.pk])
        title = _("Check-in with your mentee") if row.pairing.mentor_id == person.pk else _("Check-in with your mentor")
        yield all_day(f"check-in-{row.pk}", title, row.due_on, url=url, changed_at=row.modified_at)


FEED_SOURCES.register("check-ins", checkins)
