"""What write-ups show on the first page of graders, and on the page of a person."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from courses.acts import GRADE, SEE_WRITE_UPS
from courses.writeups.models import WriteUp
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels

PROMISED = timedelta(days=3)
SHOWN = 5


def waiting(user: User, _day: date) -> dict[str, Any]:
    """How much waits to be graded by its age, and what has waited longest."""
    now = clock.now()
    mine = WriteUp.objects.gradable_by(user).waiting()
    ages = mine.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(handed_in_at__lt=now - PROMISED)),
        today=Count("pk", filter=Q(handed_in_at__gte=now - timedelta(days=1))),
        oldest=Min("handed_in_at"),
    )
    if not ages["all"]:
        return {}
    rows = mine.oldest_first().select_related("enrolment__person", "unit").defer("text")[:SHOWN]
    return {**ages, "between": ages["all"] - ages["late"] - ages["today"], "rows": list(rows), "days": PROMISED.days}


def written_by(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """The write-ups of the person that the viewer may read, the last first."""
    seen = WriteUp.objects.visible_to(viewer).handed_in().filter(enrolment__person=person)
    rows = list(seen.order_by("-handed_in_at", "-pk").select_related("unit").defer("text")[:SHOWN])
    return {"rows": rows} if rows else {}


PANELS.register("courses.grading", Panel(GRADE, "courses/writeups/panel_waiting.html", waiting, order=15))
person_panels.PERSON_PANELS.register(
    "courses.write_ups",
    person_panels.Panel(SEE_WRITE_UPS, "courses/writeups/panel_person.html", written_by, order=25),
)
