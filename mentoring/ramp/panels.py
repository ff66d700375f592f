"""The ramp-up on the page of a person."""

from datetime import date
from typing import Any

from mentoring.acts import SEE_RAMP
from mentoring.ramp.models import Ramp
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels


def ramp_of(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """How far a newcomer is; nothing for others."""
    ramp = Ramp.objects.visible_to(viewer).filter(person=person).first()
    return {"ramp": ramp, "person": person} if ramp else {}


person_panels.PERSON_PANELS.register(
    "ramp", person_panels.Panel(SEE_RAMP, "mentoring/ramp/panel_person.html", ramp_of, order=48)
)
