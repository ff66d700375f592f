"""Competencies on the first page of who is rated, and on the page of a person."""

from datetime import date
from typing import Any

from assessments.acts import SEE_RATINGS
from assessments.ratings.asof import levels_on
from assessments.ratings.looks import Look
from assessments.ratings.shown import Radar, fit_of, job_of, lines_of, wanted_of
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.home.panels import PANELS
from trainingsite.core.home.panels import Panel as HomePanel
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel

NAMED = 3  # gaps


def standing_of(person: User) -> dict[str, Any]:
    """How the person fits and what falls short most; nothing without a role profile or any evidence. Six queries."""
    now = clock.now()
    look = Look(company_day(now), now, past=False)
    wanted = wanted_of(job_of(person, look), look)
    if wanted is None:
        return {}
    levels = levels_on([person.pk], at=now).get(person.pk, {})
    found = Radar(person, look, wanted, lines_of(levels, wanted, {}, look), fit_of(wanted, levels), [])
    shown = {"fit_shown": found.fit_shown, "standing": found.standing}
    return {"wanted": wanted, "gaps": found.gaps[:NAMED], "rated": bool(levels), "person": person, **shown}


def mine(user: User, _day: date) -> dict[str, Any]:
    return standing_of(user)


def seen(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """The same for who may see the person's data."""
    if not User.objects.filter(records_seen_by(viewer, person=""), pk=person.pk).exists():
        return {}
    return standing_of(person)


HOME = HomePanel(SEE_RATINGS, "assessments/ratings/panel_home.html", mine, order=45)
PERSON = Panel(SEE_RATINGS, "assessments/ratings/panel_person.html", seen, order=31)
PANELS.register("assessments.ratings", HOME)
PERSON_PANELS.register("ratings", PERSON)
