"""What the page of a person says about the courses."""

from datetime import date
from typing import Any

from courses.acts import VIEW_ENROLMENTS
from courses.enrolment.models import Enrolment
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel

SHOWN = 8


def courses_of(viewer: User, person: User, day: date) -> dict[str, Any]:
    """What is open, the most urgent first, and what was completed last."""
    visible = Enrolment.objects.visible_to(viewer).filter(person=person).select_related("course", "person")
    still = list(visible.open().by_due_date()[:SHOWN])
    done = list(visible.completed().order_by("-completed_at", "pk")[:SHOWN])
    return {"rows": [*still, *done], "person": person, "today": day} if still or done else {}


PERSON_PANELS.register("courses", Panel(VIEW_ENROLMENTS, "courses/enrolment/panel_person.html", courses_of, order=20))
