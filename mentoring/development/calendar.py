"""Reviews of plans in the calendar that a person follows; nobody is named there."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Event

from courses.feeds.sources import FEED_SOURCES, Reader, all_day
from mentoring.development.models import PlanReview


def reviews(reader: Reader) -> Iterable[Event]:
    """Reviews of the own plan, and of those one is the partner of, that were not held."""
    mine = Q(plan__person=reader.person) | Q(plan__partner=reader.person)
    rows = PlanReview.objects.filter(mine, held_on=None, plan__closed_at=None, due_on__gte=reader.since.date())
    for row in rows.select_related("plan").order_by("due_on", "pk"):
        url = row.plan.get_absolute_url()
        yield all_day(
            f"plan-review-{row.pk}", _("Review of a development plan"), row.due_on, url=url, changed_at=row.modified_at
        )


FEED_SOURCES.register("plan-reviews", reviews)
