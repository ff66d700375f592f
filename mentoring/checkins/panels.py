"""What mentoring shows on the first page of each role."""

from datetime import date
from typing import Any

from django.db.models import Count, Q

from mentoring.acts import GUIDE, HAVE_MENTOR, MATCH, PAIR
from mentoring.board.guided import guided_by
from mentoring.board.lines import lines_of
from mentoring.board.states import State, with_state, worst_first
from mentoring.checkins.overview import mentor_of
from mentoring.evaluations.due import open_for
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from mentoring.pairings.newcomers import USUAL_DAYS, without_mentor
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

SHOWN = 3
LATE = Q(next_due_on__isnull=False, sign_checkin__gt=0)


def mentees(user: User, day: date) -> dict[str, Any]:
    """Who needs the mentor this week, and how many others there are."""
    found = guided_by(user, on=day)
    this_week = [guided for guided in found if guided.needs_me_this_week]
    return {"this_week": this_week, "others": len(found) - len(this_week)} if found else {}


def mentor(user: User, day: date) -> dict[str, Any]:
    """The mentee's mentor, the next talk, and what the mentee has yet to agree on or to evaluate."""
    found = mentor_of(user)
    if found is None:
        return {}
    open_moments = open_for(found, day, GuidanceRule.objects.current())
    return {
        "pairing": found,
        "day": day,
        "to_agree": found.mentee_agreed_at is None and found.planned_end is not None,
        "to_evaluate": [moment for side, moment in open_moments if side == Side.MENTEE],
    }


def exceptions(user: User, day: date) -> dict[str, Any]:
    """Where HR or a supervisor has to act; nothing when all newcomers have mentors and all pairs keep on.

    Newcomers without a mentor, pairs whose mentor is gone, missed check-ins, pairs at risk with their reasons.
    """
    alone = without_mentor(on=day).filter(people_seen_by(user)).count()
    judged = with_state(Pairing.objects.open().visible_to(user), on=day, rule=GuidanceRule.objects.current())
    numbers = judged.order_by().aggregate(
        orphaned=Count("pk", filter=Q(is_gone=True)),
        overdue=Count("pk", filter=LATE),
        escalated=Count("pk", filter=LATE & Q(escalated_at__isnull=False)),
        at_risk=Count("pk", filter=Q(state=State.AT_RISK)),
    )
    if not alone and not any(numbers.values()):
        return {}
    worst = worst_first(judged.filter(state=State.AT_RISK)).select_related("mentor", "mentee__department", "plan")
    lines = list(lines_of(worst[:SHOWN], on=day)) if numbers["at_risk"] else []
    return {**numbers, "alone": alone, "days": USUAL_DAYS, "lines": lines, "may_match": user.may(MATCH)}


PANELS.register("mentees", Panel(GUIDE, "mentoring/checkins/panel_mentees.html", mentees, order=20))
PANELS.register("mentor", Panel(HAVE_MENTOR, "mentoring/checkins/panel_mentor.html", mentor, order=47))
PANELS.register("mentoring", Panel(PAIR, "mentoring/checkins/panel_exceptions.html", exceptions, order=40))
