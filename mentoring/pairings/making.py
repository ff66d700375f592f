"""Pair a mentor with a newcomer, and end it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from courses.programmes.settling import settle_people
from mentoring.checkins.models import CheckIn
from mentoring.job_plans.actions import begin_plan, begin_plans, end_plan
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
from mentoring.pairings.rules import check_due, check_start
from mentoring.pairings.telling import tell_pairing, tell_pairings
from trainingsite.core import days
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
    today: date | None = None,
) -> Pairing:
    """Let `mentor` guide `mentee` from `on`; a repeat returns the open pairing of the two.

    The mentee's open plan goes on; only without one a plan begins by the `template`. Refused as `why_not` says, and
    if `on` is far from `today`, which only history that is written down later leaves out.
    The mentor's profile and the mentee are locked, so that neither capacity nor "one mentor" can be passed by a race.
    """
    if today is not None:
        check_start(on, today=today)
    lock([mentor.pk], [mentee.pk])
    if found := mentee.pairings.open().filter(mentor=mentor).first():
        return found
    if problem := why_not(mentor, mentee, on=on):
        raise Refused(problem.text, field="mentor", code=problem.code)
    first = first_checkin_on or on + FIRST_CHECKIN_AFTER
    check_due(first, on=on, field="first_checkin_on")
    if planned_end is not None:
        check_end(planned_end, began=on)
    plan = plan or _plan_for(mentee, template, on, planned_end)
    planned_end = planned_end or _end_of(plan, on)
    check_goals(goals, began=on, planned_end=planned_end)
    pairing = Pairing(mentor=mentor, mentee=mentee, plan=plan, goal=goal, started_on=on, planned_end=planned_end)
    _begin([pairing], first, tell=tell)
    set_goals(pairing, goals)
    return pairing


def lock(mentors: Collection[int], mentees: Collection[int]) -> None:
    """Let nobody else pair these people until the transaction ends."""
    profiles = MentorProfile.objects.select_for_update(of=("self",)).filter(person__in=mentors)
    list(profiles.order_by("pk").values_list("pk", flat=True))
    people = User.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=mentees)
    list(people.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def pair_many(
    pairs: Sequence[tuple[User, User]],
    *,
    on: date,
    goal: str = "",
    template: JobPlanTemplate | None = None,
    tell: bool = True,
) -> list[Pairing]:
    """Pair these mentors and mentees as `pair` does, in as many statements as for one.

    The caller has locked them (`lock`) and found nothing that stands between them.
    """
    mentees = [mentee for _mentor, mentee in pairs]
    plans = {plan.mentee_id: plan for plan in JobPlan.objects.open().filter(mentee__in=mentees)}
    if template and (fresh := [mentee for mentee in mentees if mentee.pk not in plans]):
        plans |= {plan.mentee_id: plan for plan in begin_plans(fresh, template, on=on)}
    pairings = [
        Pairing(mentor=mentor, mentee=mentee, plan=plans.get(mentee.pk), goal=goal, started_on=on)
        for mentor, mentee in pairs
    ]
    for pairing in pairings:
        pairing.planned_end = _end_of(pairing.plan, on)
    return _begin(pairings, on + FIRST_CHECKIN_AFTER, tell=tell)


def _begin(pairings: list[Pairing], first: date, *, tell: bool) -> list[Pairing]:
    """Write pairings that begin on one day, with their first check-ins, and let follow what follows."""
    Pairing.objects.bulk_create(pairings)
    CheckIn.objects.bulk_create(CheckIn(pairing=pairing, due_on=first) for pairing in pairings)
    if pairings:
        settle_people([pairing.mentee_id for pairing in pairings], "pairing", at=_noon(pairings[0].started_on))
    if tell:
        tell_pairings(pairings, "pairing_started")
    return pairings


def _plan_for(mentee: User, template: JobPlanTemplate | None, on: date, until: date | None) -> JobPlan | None:
    """The plan that the mentee works through already, or a new one by the template."""
    found = mentee.job_plans.open().first()
    return found or (begin_plan(mentee, template, on=on, ends_on=until) if template else None)


def _end_of(plan: JobPlan | None, on: date) -> date | None:
    """Until when a pairing that begins on the day is planned: as long as its plan."""
    return max(plan.ends_on, on) if plan else None


def _noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))


@transaction.atomic
def end_pairing(pairing: Pairing, *, reason: EndReason, on: date, note: str = "", tell: bool = True) -> Pairing:
    """End the pairing today or on an earlier day; a planned check-in falls away. A repeat changes nothing.

    The plan ends with it, unless another mentor is to go on with it. A pairing that was to begin after the day is
    called off: it ends on its first day. Whoever works through a plan reaches the goal by graduating alone.
    """
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee", "plan")
    found = rows.get(pk=pairing.pk)
    if not found.is_open:
        return found
    if on > days.today():
        raise Refused(_("The day has not come yet."), field="ended_on", code="ends_in_future")
    if reason == EndReason.REACHED and found.goes_by_plan:
        raise Refused(_("Whoever has a plan graduates; see the page."), field="reason", code="graduate")
    return finish(found, reason, on, note, tell=tell)


def finish(pairing: Pairing, reason: EndReason, on: date, note: str = "", *, tell: bool = True) -> Pairing:
    """Everything that an end or a graduation brings; the caller has locked the open pairing and judged it."""
    close(pairing, reason, on, note)
    pairing.checkins.planned().delete()
    if reason != EndReason.CHANGED:
        _end_plan(pairing, on, note)
    if tell:
        tell_pairing(pairing, "pairing_ended")
    return pairing


def close(pairing: Pairing, reason: EndReason, on: date, note: str) -> None:
    """Write down that it ended, and let follow what follows; the caller has locked it."""
    if on < pairing.started_on and reason == EndReason.REACHED:
        raise Refused(_("It has not begun yet."), field="reason", code="not_begun")
    pairing.ended_on, pairing.end_reason, pairing.end_note = max(on, pairing.started_on), reason, note
    pairing.save(update_fields=["ended_on", "end_reason", "end_note"])
    ended(pairing, _noon(on))


def _end_plan(pairing: Pairing, on: date, note: str) -> None:
    if pairing.plan_id and (plan := JobPlan.objects.open().filter(pk=pairing.plan_id).first()):
        outcome = PlanOutcome.GRADUATED if pairing.end_reason == EndReason.REACHED else PlanOutcome.STOPPED
        end_plan(plan, outcome, on=max(on, plan.started_on), note=note)
