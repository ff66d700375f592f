"""What a supervisor and HR see of the dashboard on their first page."""

from datetime import date
from typing import Any

from django.urls import reverse

from analytics.acts import REMIND
from analytics.dashboards.board import board_of
from analytics.dashboards.decisions import decisions_for
from analytics.dashboards.parts import Part, own_departments
from analytics.dashboards.people import count_late, people_of
from analytics.dashboards.periods import period_of
from analytics.dashboards.views import late_tile
from trainingsite.people.models import User


def team_panel(user: User, day: date) -> dict[str, Any]:
    """What needs a decision in the department that the person heads, and its figures."""
    own = own_departments(user)
    if not own:
        return {}
    part, period = Part(own[0]), period_of({}, day)
    board, people = board_of(part, period), people_of(part, period, on=day)
    return {
        "part": part,
        "decisions": decisions_for(board, people, [], may_remind=user.may(REMIND)),
        "late_tile": late_tile(people.late, people.overdue, f"{part.url}#people"),
        "tiles": [board.tile(metric) for metric in [*board.training_metrics, *board.measured_metrics]],
    }


def company_panel(user: User, day: date) -> dict[str, Any]:  # noqa: ARG001 - who may see it sees the whole company
    """The company's figures in small."""
    period = period_of({}, day)
    board = board_of(Part(None), period)
    url = reverse("dashboard")
    return {
        "url": url,
        "late_tile": late_tile(*count_late(None, on=day), f"{url}#people"),
        "tiles": [board.tile(metric) for metric in [*board.training_metrics, *board.measured_metrics]],
    }
