"""Pair a mentor with a newcomer, and end it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from courses.programmes.settling import settle_people
from mentoring.job_plans.actions import begin_plan, end_plan
from mentoring.job_plans.models import JobPlan, JobPlanTemplate, PlanOutcome
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.agreement import (
    GoalText,
    check_end,
    check_goals,
    set_goals,
)
from mentoring.pairings.checks import why_not
from mentoring.pairings.hooks import ended
from mentoring.pairings.models import EndReason, Pairing
from mentoring.pairings.rules import check_due
from mentoring.pairings.telling import tell_pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

FIRST_CHECKIN_AFTER = timedelta(days=7)


@transaction.atomic
def pair(  # noqa: PLR0913 - all that can be settled at the start; most is left out
    mentor: User,
    mentee: User,
    *,
    on: date,
    goal: str = "",
    goals: Sequence[GoalText] = (),
    template: JobPlanTemplate | None = None,
    planned_end: date | None = None,
    first_checkin_on: date | None = None,
    tell: bool = True,
    plan: JobPlan | None = None,
) -> Pairing:
    """Let `mentor` guide `mentee` from `on`; a repeat returns the open pairing of the two.

    The mentee's open plan goes on; only without one a plan begins by the `template`. Refused as `why_not` says.
    The mentor's profile and the mentee are locked, so that neither capacity nor "one mentor" can be passed by a race.
    """
    MentorProfile.objects.select_for_update(of=("self",)).filter(person=mentor).first()
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=mentee.pk)
    if found := mentee.pairings.open().filter(mentor=mentor).first():
        return found
    if problem := why_not(mentor, mentee, on=on):
        raise Refused(problem.text, field="mentor", code=problem.code)
    first = first_checkin_on or on + FIRST_CHECKIN_AFTER
    check_due(first, on=on, field="first_checkin_on")
    if planned_end is not None:
        check_end(planned_end, began=on)
    plan = plan or _plan_for(mentee, template, on, planned_end)
    planned_end = planned_end or (max(plan.ends_on, on) if plan else None)
    check_goals(goals, began=on, planned_end=planned_end)
    pairing = Pairing.objects.create(
        mentor=mentor, mentee=mentee, plan=plan, goal=goal, started_on=on, planned_end=planned_end
    )
    set_goals(pairing, goals)
    pairing.checkins.create(due_on=first)
    settle_people([mentee.pk], "pairing", at=_noon(on))
    if tell:
        tell_pairing(pairing, "pairing_started")
    return pairing


def _plan_for(mentee: User, template: JobPlanTemplate | None, on: date, until: date | None) -> JobPlan | None:
    """The plan that the mentee works through already, or a new one by the template."""
    found = mentee.job_plans.open().first()
    return found or (begin_plan(mentee, template, on=on, ends_on=until) if template else None)


def _noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))


@transaction.atomic
def end_pairing(pairing: Pairing, *, reason: EndReason, on: date, note: str = "", tell: bool = True) -> Pairing:
    """End the pairing; a planned check-in falls away. A repeat changes nothing.

    The plan ends with it, unless another mentor is to go on with it.
    """
    pairing = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee").get(pk=pairing.pk)
    if not pairing.is_open:
        return pairing
    close(pairing, reason, on, note)
    pairing.checkins.planned().delete()
    if reason != EndReason.CHANGED:
        _end_plan(pairing, on, note)
    if tell:
        tell_pairing(pairing, "pairing_ended")
    return pairing


def close(pairing: Pairing, reason: EndReason, on: date, note: str) -> None:
    """Write down that it ended, and let follow what follows; the caller has locked it."""
    if on < pairing.started_on:
        raise Refused(_("It cannot end before it began."), field="ended_on", code="ends_before_start")
    pairing.ended_on, pairing.end_reason, pairing.end_note = on, reason, note
    pairing.save(update_fields=["ended_on", "end_reason", "end_note"])
    ended(pairing, _noon(on))


def _end_plan(pairing: Pairing, on: date, note: str) -> None:
    if pairing.plan_id and (plan := JobPlan.objects.open().filter(pk=pairing.plan_id).first()):
        outcome = PlanOutcome.GRADUATED if pairing.end_reason == EndReason.REACHED else PlanOutcome.STOPPED
        end_plan(plan, outcome, on=on, note=note)
