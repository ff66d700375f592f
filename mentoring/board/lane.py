"""Pairings on the planning board: how many end on which day."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Participation
from courses.planning.lanes import LANES, Filters, Lane, Window
from courses.planning.lanes import Count as Number
from mentoring.pairings.models import Pairing


def counts(window: Window) -> Iterator[Number]:
    """The pairings that go on, by the day on which they are to end; none where the board is narrowed to a topic."""
    filters = window.filters
    if filters.topic:
        return
    found = Pairing.objects.open().visible_to(window.user)
    if filters.department_path:
        found = found.filter(mentee__department__path__startswith=filters.department_path)
    if filters.programme:
        takes = Participation.objects.filter(person=OuterRef("mentee"), assignment__programme=filters.programme)
        found = found.filter(Exists(takes))
    ends = found.annotate(end=Coalesce("planned_end", "plan__ends_on")).filter(end__range=(window.first, window.last))
    for day, number in ends.order_by().values_list("end").annotate(n=Count("pk")):
        yield Number(day, number)


def link(first: date, last: date, filters: Filters) -> str:
    """The pairings that end on these days."""
    asked = {"ends_min": first.isoformat(), "ends_max": last.isoformat()}
    if filters.department_path:
        asked["department"] = filters.department_path.strip("/").rpartition("/")[2]
    return f"{reverse('pairings-board')}?{urlencode(asked)}"


LANES.register("pairings", Lane(_("Pairings ending"), "heart-handshake", order=45, counts=counts, link=link))
