"""What mentoring shows on the first page of each role."""

from datetime import date
from typing import Any

from mentoring.acts import GUIDE, HAVE_MENTOR, PAIR
from mentoring.checkins.overview import mentees_of, mentor_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.newcomers import USUAL_DAYS, without_mentor
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User


def mentees(user: User, day: date) -> dict[str, Any]:
    """Who needs the mentor this week, and how many others there are."""
    found = mentees_of(user, on=day)
    this_week = [mentee for mentee in found if mentee.needs_me_this_week]
    return {"this_week": this_week, "others": len(found) - len(this_week)} if found else {}


def mentor(user: User, day: date) -> dict[str, Any]:
    found = mentor_of(user)
    return {"pairing": found, "day": day} if found else {}


def exceptions(user: User, day: date) -> dict[str, Any]:
    """Newcomers without a mentor and check-ins that are overdue; nothing when there is neither."""
    alone = without_mentor(on=day).filter(people_seen_by(user)).count()
    overdue = Pairing.objects.visible_to(user).overdue(day).count()
    return {"alone": alone, "overdue": overdue, "days": USUAL_DAYS} if alone or overdue else {}


PANELS.register("mentees", Panel(GUIDE, "mentoring/checkins/panel_mentees.html", mentees, order=20))
PANELS.register("mentor", Panel(HAVE_MENTOR, "mentoring/checkins/panel_mentor.html", mentor, order=50))
PANELS.register("mentoring", Panel(PAIR, "mentoring/checkins/panel_exceptions.html", exceptions, order=40))
