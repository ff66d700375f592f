"""Plans on the first page: what is on for the mentee, what waits for the mentor's signature."""

from datetime import date
from typing import Any

from mentoring.acts import GUIDE, HAVE_MENTOR
from mentoring.job_plans.models import JobPlan, JobTask
from mentoring.pairings.models import Pairing
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 4


def to_do(user: User, day: date) -> dict[str, Any]:
    """The mentee's tasks of this week and before that he or she has not signed yet; two queries."""
    plan = JobPlan.objects.open().filter(mentee=user, started_on__lte=day).with_progress().first()
    if plan is None:
        return {}
    week = plan.week_of(day)
    rows = plan.tasks.filter(week__lte=week, mentee_signed_at=None, done_on=None).order_by("week", "position", "pk")
    found = list(rows[: SHOWN + 1])
    return {"plan": plan, "week": min(week, plan.weeks), "rows": found[:SHOWN], "more": len(found) > SHOWN, "day": day}


def waiting(user: User, _day: date) -> dict[str, Any]:
    """What mentees have signed and the mentor has not yet, the oldest first; one query."""
    mine = Pairing.objects.open().filter(mentor=user).values("mentee")
    rows = JobTask.objects.filter(plan__ended_on=None, plan__mentee__in=mine).waiting_for_mentor()
    found = list(rows.select_related("plan__mentee").order_by("mentee_signed_at", "pk")[: SHOWN + 1])
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN} if found else {}


PANELS.register("job_plan", Panel(HAVE_MENTOR, "mentoring/job_plans/panel_mine.html", to_do, order=48))
PANELS.register("job_plan.waiting", Panel(GUIDE, "mentoring/job_plans/panel_waiting.html", waiting, order=19))
