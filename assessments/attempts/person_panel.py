"""What the page of a person says about quizzes."""

from datetime import date
from typing import Any

from assessments.acts import VIEW_RESULTS
from assessments.attempts.models import Attempt
from assessments.attempts.review import EVERYTHING, NOTHING
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel

MOST = 10


def attempts_of(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """The newest attempts of the person."""
    seen = Attempt.objects.visible_to(viewer).filter(person=person).select_related("quiz__unit__course")
    newest = list(seen.newest_first()[:MOST])
    for attempt in newest:
        attempt.see = EVERYTHING if viewer.pk != person.pk else NOTHING  # the own stand with each quiz
    return {"attempts": newest} if newest else {}


PERSON_PANELS.register("attempts", Panel(VIEW_RESULTS, "assessments/attempts/panel_person.html", attempts_of, order=30))
