"""The agreement of a pairing: what both want to reach, by when, and that both have said yes to it as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.job_plans.models import JobPlan, Side
from mentoring.pairings.models import Pairing, PairingGoal
from mentoring.pairings.telling import tell_agreement
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_GOALS = 10
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class GoalText:
    """A goal in words, and the day by which it is to be reached."""

    text: str
    by_day: date


def locked(pairing: Pairing) -> Pairing:
    """The present row, locked, with both people; an ended pairing is refused."""
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee__department", "plan")
    found = rows.get(pk=pairing.pk)
    if not found.is_open:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    return found


@transaction.atomic
def save_agreement(
    pairing: Pairing, goals: Sequence[GoalText], *, planned_end: date, goal: str, by: User, at: datetime
) -> Pairing:
    """Keep what is to be agreed on. A change takes back what both had agreed to; without a change nothing happens.

    A later end than one that both agreed to needs an extension, with a reason.
    """
    found = locked(pairing)
    check_end(planned_end, began=found.started_on)
    check_goals(goals, began=found.started_on, planned_end=planned_end)
    if found.is_agreed and found.planned_end and planned_end > found.planned_end:
        raise Refused(_("More time is given by an extension, with a reason."), field="planned_end", code="extend")
    if not _changes(found, goals, planned_end, goal):
        return found
    found.goal = goal
    move_end(found, planned_end)
    set_goals(found, goals)
    unsettle(found)
    tell_agreement(found, "changed", at, but=by.pk)
    return found


def _changes(pairing: Pairing, goals: Sequence[GoalText], planned_end: date, goal: str) -> bool:
    kept = set(pairing.goals.values_list("text", "by_day"))
    return (pairing.goal, pairing.planned_end, kept) != (goal, planned_end, {(g.text, g.by_day) for g in goals})


def unsettle(pairing: Pairing) -> None:
    """Save the pairing with its new words or days, to which nobody has agreed yet."""
    pairing.mentor_agreed_at = pairing.mentee_agreed_at = None
    pairing.save(update_fields=["goal", "planned_end", "mentor_agreed_at", "mentee_agreed_at"])


def move_end(pairing: Pairing, until: date) -> None:
    """The last planned day; that of an open plan goes with it. The caller saves the pairing."""
    pairing.planned_end = until
    if pairing.plan_id:
        JobPlan.objects.open().filter(pk=pairing.plan_id, started_on__lte=until).update(ends_on=until)


def set_goals(pairing: Pairing, goals: Sequence[GoalText]) -> None:
    """Make these the goals; one whose words stay keeps whether it was reached."""
    reached = dict(pairing.goals.values_list("text", "reached_on"))
    pairing.goals.all().delete()
    PairingGoal.objects.bulk_create(
        PairingGoal(
            pairing=pairing, position=number, text=goal.text, by_day=goal.by_day, reached_on=reached.get(goal.text)
        )
        for number, goal in enumerate(goals)
    )


def check_end(planned_end: date, *, began: date, field: str = "planned_end") -> None:
    """Refuse an end before the beginning, or one so far that it is a typing error."""
    if planned_end < began:
        raise Refused(_("It cannot end before it began."), field=field, code="ends_before_start")
    if planned_end > began + LONGEST:
        raise Refused(_("A pairing is planned for a year at most."), field=field, code="too_long")


def check_goals(goals: Sequence[GoalText], *, began: date, planned_end: date | None) -> None:
    """Refuse goals without words, twice the same, too many, or whose day is not within the pairing."""
    texts = [goal.text.strip() for goal in goals]
    if len(goals) > MOST_GOALS:
        _refuse(_("At most %(count)s goals.") % {"count": MOST_GOALS}, "too_many_goals")
    if not all(texts):
        _refuse(_("Each goal needs words."), "goal_missing")
    if len(set(texts)) < len(texts):
        _refuse(_("The same goal stands there twice."), "goal_twice")
    last = planned_end or began + LONGEST
    for goal in goals:
        if not began <= goal.by_day <= last:
            facts = {"goal": goal.text, "first": _day(began), "last": _day(last)}
            _refuse(_("“%(goal)s” needs a day from %(first)s to %(last)s.") % facts, "goal_outside")


def _refuse(message: str, code: str) -> None:
    raise Refused(message, field="goals", code=code)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@transaction.atomic
def agree(pairing: Pairing, side: Side | str, *, by: User, at: datetime) -> Pairing:
    """Say yes to goals and dates as they stand; a repeat keeps the first yes."""
    found, side = locked(pairing), Side(side)
    if by.pk != (found.mentor_id if side == Side.MENTOR else found.mentee_id):
        raise Refused(_("Mentor and mentee agree, each for themselves."), code="not_yours")
    if found.planned_end is None or not (found.goal or found.goals.exists()):
        raise Refused(_("First write down a goal and until when it is planned."), code="nothing_to_agree")
    name = f"{side.value}_agreed_at"
    if getattr(found, name) is None:
        setattr(found, name, at)
        found.save(update_fields=[name])
        tell_agreement(found, "complete" if found.is_agreed else "waits", at, but=by.pk)
    return found


@transaction.atomic
def reach_goal(goal: PairingGoal, *, by: User, at: datetime, reached: bool = True) -> PairingGoal:
    """Note that a goal is reached, or that it is not after all; the mentor says so. A repeat keeps the first day."""
    pairing = locked(goal.pairing)
    found = pairing.goals.get(pk=goal.pk)
    if by.pk != pairing.mentor_id:
        raise Refused(_("The mentor says which goals are reached."), code="not_yours")
    if reached != (found.reached_on is not None):
        found.reached_on = company_day(at) if reached else None
        found.save(update_fields=["reached_on"])
    return found
