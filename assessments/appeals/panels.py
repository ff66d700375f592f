"""What appeals show on the first page: what I owe an answer to, and what became of mine."""

from datetime import date
from typing import Any

from assessments.acts import APPEAL, MARK
from assessments.appeals.models import Appeal
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 5
RELATED = ("response__attempt__person", "response__attempt__quiz__unit")


def to_answer(user: User, _day: date) -> dict[str, Any]:
    """Open appeals, what is due first."""
    rows = Appeal.objects.answerable_by(user).open().select_related(*RELATED).order_by("due_at", "pk")[:SHOWN]
    found = list(rows)
    return {"rows": found, "now": clock.now()} if found else {}


def mine(user: User, _day: date) -> dict[str, Any]:
    """My open appeals."""
    found = list(Appeal.objects.of(user).open().select_related(*RELATED).order_by("due_at", "pk")[:SHOWN])
    return {"rows": found, "now": clock.now()} if found else {}


PANELS.register("assessments.appeals", Panel(MARK, "assessments/appeals/panel_waiting.html", to_answer, order=16))
PANELS.register("assessments.my_appeals", Panel(APPEAL, "assessments/appeals/panel_mine.html", mine, order=60))
