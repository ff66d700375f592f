"""What surveys show on the first page."""

from datetime import date
from typing import Any

from assessments.acts import ANSWER_SURVEYS
from assessments.surveys.models import Invitation
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 5


def waiting(user: User, day: date) -> dict[str, Any]:
    """The surveys that wait for the person's answer, the first to close first."""
    mine = Invitation.objects.visible_to(user).waiting(day).select_related("survey").order_by("survey__closes_on", "pk")
    invitations = list(mine[:SHOWN])
    return {"invitations": invitations} if invitations else {}


PANELS.register("surveys", Panel(ANSWER_SURVEYS, "assessments/surveys/panel_waiting.html", waiting, order=60))
