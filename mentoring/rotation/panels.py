"""Rotations on the first page, and on the page of a person."""

from datetime import date
from typing import Any

from django.db.models import Q

from mentoring.acts import DECIDE_ROTATIONS, SEE_ROTATIONS, VIEW_ROTATIONS
from mentoring.rotation.models import Rotation, RotationState
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels

SHOWN = 4
KEPT = (RotationState.APPROVED, RotationState.FINISHED, RotationState.STOPPED, RotationState.APPLIED)


def going(user: User, day: date) -> dict[str, Any]:
    """The rotations that the person is in or looks after, and those to come; one query."""
    mine = Q(person=user) | Q(host=user)
    rows = Rotation.objects.filter(mine, state=RotationState.APPROVED).with_progress()
    found = list(rows.select_related("offer__department", "person").order_by("begins_on", "pk")[:SHOWN])
    return {"rows": found, "day": day, "user": user} if found else {}


def waiting(user: User, _day: date) -> dict[str, Any]:
    """Applications that wait for the person's yes or no."""
    rows = Rotation.objects.visible_to(user).waiting().exclude(person=user).select_related("offer", "person")
    found = list(rows.order_by("applied_at", "pk")[: SHOWN + 1])
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN} if found else {}


def rotations_of(viewer: User, person: User, day: date) -> dict[str, Any]:
    """Where the person was and will be."""
    rows = Rotation.objects.visible_to(viewer).filter(person=person, state__in=KEPT).select_related("offer__department")
    found = list(rows.order_by("-begins_on", "-pk")[:SHOWN])
    return {"rows": found, "day": day} if found else {}


PANELS.register("rotation", Panel(VIEW_ROTATIONS, "mentoring/rotation/panel_going.html", going, order=52))
PANELS.register("rotation.waiting", Panel(DECIDE_ROTATIONS, "mentoring/rotation/panel_waiting.html", waiting, order=38))
person_panels.PERSON_PANELS.register(
    "rotation",
    person_panels.Panel(SEE_ROTATIONS, "mentoring/rotation/panel_person.html", rotations_of, order=62),
)
