"""The figures of one person."""

from datetime import date

from analytics.dashboards.board import Board
from analytics.dashboards.periods import Period
from analytics.rollups.figures import figures_of_person
from analytics.targets.aims import aimed_metrics
from trainingsite.people.models import User


def board_of_person(person: User, period: Period, *, on: date) -> Board:
    """Two queries; the targets are those of the person's department."""
    figures = figures_of_person(person.pk, period.span, period.all_months, on=on)
    path = person.department.path if person.department else ""
    return Board(period, figures, aimed_metrics(), path, f"person={person.pk}")
