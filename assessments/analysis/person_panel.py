"""What the page of a person says about competencies."""

from datetime import date
from typing import Any

from assessments.acts import SEE_ANALYSIS
from assessments.analysis.reports import report_on
from trainingsite.core import clock
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel


def weakest_of(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """The weakest competencies; nothing for who may not see the person's results."""
    if not User.objects.filter(records_seen_by(viewer, person=""), pk=person.pk).exists():
        return {}
    report = report_on(person, viewer=viewer, at=clock.now())
    return {"report": report, "person": person} if report.known else {}


PERSON_PANELS.register("analysis", Panel(SEE_ANALYSIS, "assessments/analysis/panel_person.html", weakest_of, order=32))
