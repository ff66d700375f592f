"""What the first page says of wishes."""

from datetime import date, timedelta
from typing import Any

from mentoring.acts import HAVE_MENTOR
from mentoring.job_plans.models import Side
from mentoring.pairings.newcomers import USUAL_DAYS, without_mentor
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User


def newcomer(user: User, day: date) -> dict[str, Any]:
    """A newcomer whom nobody guides yet is asked whom he or she would like."""
    if user.hired_on is None or user.hired_on <= day - timedelta(days=USUAL_DAYS):
        return {}
    if not without_mentor(on=day).filter(pk=user.pk).exists():
        return {}
    return {"wished": user.mentoring_wishes.filter(side=Side.MENTEE, rank__gt=0).count()}


PANELS.register("wishes", Panel(HAVE_MENTOR, "mentoring/wishes/panel_newcomer.html", newcomer, order=55))
