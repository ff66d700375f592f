"""What HR's first page says of the plan: this quarter's board in small, fetched after the page."""

from datetime import date
from typing import Any

from courses.acts import VIEW_PLANS
from courses.planning.quarters import Quarter
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User


def this_quarter(_user: User, day: date) -> dict[str, Any]:
    return {"quarter": Quarter.of(day)}


PANELS.register(
    "courses.board", Panel(VIEW_PLANS, "courses/planning/panel_board.html", this_quarter, order=15, wide=True)
)
