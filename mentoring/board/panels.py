"""Mentoring on the page of a person: who guides, how it goes, and whom the person guides."""

from datetime import date
from typing import Any

from mentoring.acts import VIEW_PAIRING
from mentoring.board.facts import with_progress
from mentoring.board.lines import lines_of
from mentoring.board.states import with_state
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels


def mentoring_of(viewer: User, person: User, day: date) -> dict[str, Any]:
    """The open pairing as a mentee with its state, how many mentees there are, else the last pairing; few queries."""
    seen = Pairing.objects.visible_to(viewer)
    guides = seen.open().filter(mentor=person).count()
    judged = with_state(seen.open().filter(mentee=person), on=day, rule=GuidanceRule.objects.current())
    line = next(lines_of(with_progress(judged).select_related("mentor", "plan"), on=day), None)
    past = None
    if line is None:
        past = seen.ended().filter(mentee=person).select_related("mentor").order_by("-ended_on", "-pk").first()
    return {"line": line, "past": past, "guides": guides, "person": person} if line or past or guides else {}


person_panels.PERSON_PANELS.register(
    "mentoring", person_panels.Panel(VIEW_PAIRING, "mentoring/board/panel_person.html", mentoring_of, order=46)
)
