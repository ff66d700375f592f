"""What waits to be signed off, on the first page of mentors; how far somebody is, on the page of a person."""

from datetime import date
from typing import Any

from django.db.models import Count, Q

from courses.acts import SIGN_OFF, VIEW_ENROLMENTS
from courses.checklists.models import Result, SignOff
from courses.checklists.waiting import waiting_for
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels

SHOWN = 5


def waiting(user: User, _day: date) -> dict[str, Any]:
    """The people who are ready to show something, the longest waiting first."""
    rows = list(waiting_for(user)[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else {}


def shown_by(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """Per checklist of the person how many items are signed off and how many wait."""
    facts = SignOff.objects.visible_to(viewer).filter(enrolment__person=person, enrolment__withdrawn_at=None).standing()
    rows = (
        facts.values("enrolment", "item__checklist__unit", "item__checklist__unit__title")
        .annotate(
            done=Count("pk", filter=Q(result=Result.DONE)),
            ready=Count("pk", filter=Q(result__in=[Result.READY, Result.UNDONE])),
        )
        .order_by("-enrolment", "item__checklist__unit")[:SHOWN]
    )
    return {"rows": list(rows), "may_sign": viewer.may(SIGN_OFF) and viewer.pk != person.pk} if rows else {}


PANELS.register("courses.sign_offs", Panel(SIGN_OFF, "courses/checklists/panel_waiting.html", waiting, order=18))
person_panels.PERSON_PANELS.register(
    "courses.sign_offs",
    person_panels.Panel(VIEW_ENROLMENTS, "courses/checklists/panel_person.html", shown_by, order=26),
)
