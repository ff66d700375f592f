"""What a supervisor's first page says of competencies: where most of the own people are below what is asked."""

from datetime import date
from typing import Any

from assessments.acts import ASSIGN_PATHS, VIEW_MATRIX
from assessments.matrix.columns import columns
from assessments.matrix.gaps import gaps_of
from assessments.matrix.people import in_care
from assessments.profiles.fitting import asked_on
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import Position, User

WIDEST = 3


def widest(user: User, day: date) -> dict[str, Any]:
    """The three widest gaps; nothing for who supervises nobody. Five queries."""
    if not user.supervised_paths:
        return {}
    asked = asked_on(Position.objects.values("pk"), day)  # type: ignore[arg-type]  # ids by a subquery
    if not asked:
        return {}
    found = gaps_of(columns(), in_care(user, day).exclude(pk=user.pk), asked)
    shown = [gap for gap in found if gap.tally.below][:WIDEST]
    return {"gaps": shown, "may_assign": user.may(ASSIGN_PATHS)} if shown else {}


PANELS.register("assessments.gaps", Panel(VIEW_MATRIX, "assessments/matrix/panel.html", widest, order=40))
