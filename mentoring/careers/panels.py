"""Careers on the page of a person, and what HR has to decide on the first page."""

from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from mentoring.acts import DECIDE_NOMINATIONS, SEE_RESERVE
from mentoring.careers.models import CareerStep, Nomination
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels


def career_of(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """The next steps, and what is proposed or was decided; two queries. Nothing where no step leads on."""
    steps = CareerStep.objects.from_job(person.position_id, person.grade)
    found = list(steps.select_related("from_position", "to_position"))
    rows = Nomination.objects.visible_to(viewer).filter(person=person)
    nominations = list(rows.select_related("step__from_position", "step__to_position")[:3])
    if not found and not nominations:
        return {}
    return {"steps": found, "nominations": nominations, "url": reverse("person-career", args=[person.pk])}


def to_decide(user: User, _day: date) -> dict[str, Any]:
    rows = Nomination.objects.visible_to(user).open().order_by()
    found = rows.aggregate(waiting=Count("pk"), oldest=Min("nominated_at"))
    return found if found["waiting"] else {}


person_panels.PERSON_PANELS.register(
    "careers", person_panels.Panel(SEE_RESERVE, "mentoring/careers/panel_person.html", career_of, order=44)
)
PANELS.register("nominations", Panel(DECIDE_NOMINATIONS, "mentoring/careers/panel_decide.html", to_decide, order=45))
