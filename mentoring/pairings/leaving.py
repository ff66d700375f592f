"""What follows when people leave the company: whoever is gone is guided no longer, and the plan stops."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from mentoring.job_plans.actions import end_plan
from mentoring.job_plans.models import JobPlan, PlanOutcome
from mentoring.pairings.making import finish
from mentoring.pairings.models import EndReason, Pairing


@transaction.atomic
def end_of_the_gone(*, on: date, people: Collection[int] | None = None) -> int:
    """End pairings and plans of mentees who have left, on the day they left; a repeat finds none. Returns how many."""
    gone = {"mentee__left_on__lte": on} | ({} if people is None else {"mentee__in": people})
    rows = Pairing.objects.open().filter(**gone).select_for_update(of=("self",)).select_related("mentor", "mentee")
    pairings = list(rows.order_by("pk"))
    for pairing in pairings:
        finish(pairing, EndReason.LEFT, pairing.mentee.left_on or on)
    alone = list(JobPlan.objects.open().filter(**gone).select_related("mentee").order_by("pk"))
    for plan in alone:  # whose mentor had gone before
        end_plan(plan, PlanOutcome.STOPPED, on=_last_day(plan.mentee.left_on, plan.started_on))
    return len(pairings) + len(alone)


def _last_day(left_on: date | None, began: date) -> date:
    return max(left_on or began, began)
