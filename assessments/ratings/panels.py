"""Competencies on the first page of who is rated, and on the page of a person."""

from datetime import date
from typing import Any

from django.db.models import Count

from assessments.acts import SEE_RATINGS
from assessments.profiles.fitting import asked_on, fit, of_job
from assessments.profiles.past import Job, company_day
from assessments.ratings.asof import levels_on
from assessments.ratings.shown import Line, percent_of, standing_words
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS
from trainingsite.core.home.panels import Panel as HomePanel
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel

NAMED = 3  # gaps


def standing_of(person: User) -> dict[str, Any]:
    """How the person fits and what falls short most; nothing without a role profile or any evidence. Five queries."""
    if person.position_id is None:
        return {}
    now = clock.now()
    job = Job(person.position_id, person.grade, person.department_id)
    wanted = of_job(job, asked_on([person.position_id], company_day(now)))
    if wanted is None:
        return {}
    levels = levels_on([person.pk], at=now).get(person.pk, {})
    measured = fit(wanted, {pk: each.level for pk, each in levels.items()})
    needs = {need.competency_id: need for need in wanted.needs}
    short = Competency.objects.filter(pk__in=[gap.competency_id for gap in measured.gaps]).annotate(
        highest=Count("levels")
    )
    lines = [Line(row, levels.get(row.pk), needs[row.pk]) for row in short]
    gaps = sorted(lines, key=lambda line: -line.worth)[:NAMED]
    shown = {"fit_shown": percent_of(measured), "standing": standing_words(measured)}
    return {"wanted": wanted, "gaps": gaps, "rated": bool(levels), "person": person, **shown}


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
