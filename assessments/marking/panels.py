"""What marking shows on the first page of markers."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from assessments.acts import MARK
from assessments.marking.queue import RELATED, oldest_first, to_mark
from assessments.marking.shown import Sheet
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

PROMISED = timedelta(days=3)
SHOWN = 5


def waiting(user: User, _day: date) -> dict[str, Any]:
    """How much waits to be marked by its age, and what has waited longest."""
    now, mine = clock.now(), to_mark(user)
    ages = mine.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(attempt__submitted_at__lt=now - PROMISED)),
        today=Count("pk", filter=Q(attempt__submitted_at__gte=now - timedelta(days=1))),
        oldest=Min("attempt__submitted_at"),
    )
    if not ages["all"]:
        return {}
    sheets = [Sheet(response) for response in oldest_first(mine).select_related(*RELATED)[:SHOWN]]
    between = ages["all"] - ages["late"] - ages["today"]
    return {**ages, "between": between, "sheets": sheets, "days": PROMISED.days}


PANELS.register("assessments.marking", Panel(MARK, "assessments/marking/panel_waiting.html", waiting, order=14))
