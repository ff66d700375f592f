"""What the page of a person says about certificates."""

from datetime import date
from typing import Any

from assessments.acts import VIEW_CERTIFICATIONS
from assessments.certification.models import RENEWAL_WINDOW, Certificate
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel


def certificates_of(viewer: User, person: User, day: date) -> dict[str, Any]:
    """What the person holds or held."""
    held = list(Certificate.objects.visible_to(viewer).filter(person=person).newest_first())
    return {"certificates": held, "today": day, "soon": day + RENEWAL_WINDOW} if held else {}


PERSON_PANELS.register(
    "certificates",
    Panel(VIEW_CERTIFICATIONS, "assessments/certification/panel_person.html", certificates_of, order=40),
)
