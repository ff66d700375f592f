"""What the two want to talk about: either adds, either ticks off, everybody takes the own away."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.checkins.models import AgendaItem, CheckIn, NextStep
from mentoring.checkins.sides import going
from mentoring.evaluations.due import open_for
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import JobTask
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST = 200
MOST = 20  # items of one check-in
MOST_SUGGESTED = 6


@transaction.atomic
def add_item(checkin: CheckIn, text: str, *, by: User) -> AgendaItem:
    """Put something on the agenda of a planned check-in; what stands there already is not doubled."""
    found, text = _planned(checkin, by), " ".join(text.split())[:LONGEST]
    if not text:
        raise Refused(_("Write what you would like to talk about."), field="text", code="empty")
    there = found.agenda.filter(text=text).first()
    if there is not None:
        return there
    if found.agenda.count() >= MOST:
        raise Refused(_("At most %(most)s topics for one talk.") % {"most": MOST}, field="text", code="too_many")
    return found.agenda.create(by=by, text=text)


def _planned(checkin: CheckIn, by: User) -> CheckIn:
    found = going(checkin, by=by)
    if found.held_on is not None:
        raise Refused(_("This check-in was held already."), code="checkin_held")
    return found


@transaction.atomic
def tick_item(item: AgendaItem, *, by: User, at: datetime, talked: bool = True) -> None:
    """Note that it was talked about, or that it was not after all."""
    going(item.checkin, by=by)
    AgendaItem.objects.filter(pk=item.pk, talked_at__isnull=talked).update(talked_at=at if talked else None)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take away what one has put there oneself, or what the plan has; a repeat is harmless."""
    _planned(item.checkin, by)
    if item.by_id not in (None, by.pk):
        raise Refused(_("Everybody takes away the own topics."), code="not_yours")
    AgendaItem.objects.filter(pk=item.pk).delete()


def carry_over(checkin: CheckIn, planned: CheckIn) -> None:
    """What was not talked about stands on the agenda of the next one."""
    left = checkin.agenda.filter(talked_at=None)
    left.filter(text__in=planned.agenda.values("text")).delete()
    left.update(checkin=planned)


def suggestions(checkin: CheckIn, steps: Iterable[NextStep], *, on: date) -> list[str]:
    """What the plan, these open steps and evaluations give to talk about, and is not on the agenda yet."""
    pairing = checkin.pairing
    found = [*_of_plan(pairing, max(checkin.due_on, on)), *(step.text for step in steps)]
    if open_for(pairing, on, GuidanceRule.objects.current()):
        found.append(_("How we evaluate our time together"))
    there = {item.text for item in checkin.agenda.all()}
    texts = dict.fromkeys(text[:LONGEST] for text in found)
    return [text for text in texts if text not in there][:MOST_SUGGESTED]


def _of_plan(pairing: Pairing, day: date) -> list[str]:
    """Tasks of the plan's week that are not signed by both."""
    if pairing.plan is None:
        return []
    tasks = JobTask.objects.filter(plan=pairing.plan, week=pairing.plan.week_of(day), done_on=None)
    return [task.text for task in tasks[:MOST_SUGGESTED]]
