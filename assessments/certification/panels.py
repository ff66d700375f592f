"""What the first page says about certificates."""

from datetime import date
from typing import Any

from assessments.acts import OWN_CERTIFICATES, VIEW_CERTIFICATIONS
from assessments.certification.models import Certificate
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

MOST = 5


def expiring_own(user: User, day: date) -> dict[str, Any]:
    """My certificates that expire soon."""
    soon = list(Certificate.objects.filter(person=user).expiring(day).order_by("expires_on", "pk"))
    return {"certificates": soon} if soon else {}


def expiring_seen(user: User, day: date) -> dict[str, Any]:
    """Certificates of others whom I see that expire soon, the first few."""
    seen = Certificate.objects.visible_to(user).exclude(person=user).expiring(day).select_related("person")
    soon = list(seen.order_by("expires_on", "pk")[: MOST + 1])
    return {"certificates": soon[:MOST], "more": len(soon) > MOST} if soon else {}


PANELS.register(
    "certificates-own",
    Panel(OWN_CERTIFICATES, "assessments/certification/panel_own.html", expiring_own, order=60),
)
PANELS.register(
    "certificates-seen",
    Panel(VIEW_CERTIFICATIONS, "assessments/certification/panel_seen.html", expiring_seen, order=70),
)
