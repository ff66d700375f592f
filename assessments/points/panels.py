"""What the first page and the page of a person say about points."""

from datetime import date, timedelta
from typing import Any

from assessments.acts import GIVE_POINTS, OWN_POINTS, SEE_POINTS
from assessments.points.balance import summary
from assessments.points.events import title_of
from assessments.points.models import PointEntry
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS
from trainingsite.core.home.panels import Panel as HomePanel
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel

LATELY = timedelta(days=30)


def own_points(user: User, day: date) -> dict[str, Any]:  # noqa: ARG001 - points fade from moment to moment
    """My balance and what came lately; nothing before the first entry. One query, two when something came."""
    now = clock.now()
    found = summary(user.pk, since=now - LATELY, at=now)
    if not found.entries:
        return {}
    newest = PointEntry.objects.filter(person=user, counter_of=None).newest_first() if found.lately > 0 else None
    last = newest.first() if newest else None
    return {"balance": found.balance, "lately": found.lately, "last": last, "title": title_of(last) if last else ""}


def points_of(viewer: User, person: User, day: date) -> dict[str, Any]:  # noqa: ARG001 - the same
    """The person's balance, and the way to give points."""
    if not User.objects.visible_to(viewer).filter(pk=person.pk).exists() or person.is_service:
        return {}
    now = clock.now()
    found = summary(person.pk, since=now - LATELY, at=now)
    may_give = viewer.may(GIVE_POINTS) and viewer.pk != person.pk
    return {"balance": found.balance, "lately": found.lately, "may_give": may_give}


PANELS.register("points-own", HomePanel(OWN_POINTS, "assessments/points/panel_own.html", own_points, order=65))
PERSON_PANELS.register("points", Panel(SEE_POINTS, "assessments/points/panel_person.html", points_of, order=45))
