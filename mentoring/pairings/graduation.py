"""What must be met before somebody graduates, and what of it is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Certificate
from mentoring.checkins.models import CheckIn
from mentoring.evaluations.models import Evaluation, Moment
from mentoring.job_plans.models import JobPlan, Side
from mentoring.pairings.models import Pairing


@dataclass(frozen=True)
class Missing:
    """A condition: in words, how much of it is there and how much it takes."""

    code: str
    text: str
    done: int
    wanted: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.wanted


def missing(pairing: Pairing, *, on: date) -> list[Missing]:
    """The conditions that are not met on the day."""
    return [each for each in conditions(pairing, on=on) if not each.is_met]


def conditions(pairing: Pairing, *, on: date) -> list[Missing]:
    """Everything that is asked, met or not; at most four queries.

    What was done with an earlier mentor of the same plan counts. Without a plan the goals of the agreement are it.
    """
    if pairing.plan_id is None:
        return list(_of_goals(pairing))
    plan: Any = JobPlan.objects.with_progress().select_related("certification").get(pk=pairing.plan_id)
    return [*_of_plan(plan), *_of_evaluations(plan), *_of_certificate(plan, on)]


def _of_goals(pairing: Pairing) -> Iterator[Missing]:
    goals = list(pairing.goals.all())
    if goals:
        yield Missing("goals", _("Goals reached"), sum(g.reached_on is not None for g in goals), len(goals))


def _of_plan(plan: Any) -> Iterator[Missing]:
    if plan.required:
        yield Missing("tasks", _("Required tasks signed off by both"), plan.signed, plan.required)
    if plan.least_checkins:
        held = CheckIn.objects.held().filter(pairing__plan=plan).count()
        yield Missing("checkins", _("Check-ins held"), held, plan.least_checkins)


def _of_evaluations(plan: JobPlan) -> Iterator[Missing]:
    given = list(Evaluation.objects.filter(pairing__plan=plan).order_by("at", "pk"))
    if plan.needs_evaluations:
        for moment, text in [
            (Moment.HALF_TIME, _("Evaluations at half-time, by both")),
            (Moment.END, _("Evaluations at the end, by both")),
        ]:
            sides = {row.side for row in given if row.moment == moment}
            yield Missing(f"evaluations_{moment.value}", text, len(sides), len(Side))
    if plan.needs_evaluations or any(row.side == Side.MENTOR for row in given):
        last = [row.stars for row in given if row.side == Side.MENTOR][-1:]
        yield Missing("stars", _("Stars in the mentor's last evaluation"), sum(last), plan.least_stars)


def _of_certificate(plan: JobPlan, on: date) -> Iterator[Missing]:
    if plan.certification:
        held = Certificate.objects.valid(on).filter(person=plan.mentee_id, certification=plan.certification).exists()
        words = _("Certificate “%(title)s”") % {"title": plan.certification}
        yield Missing("certificate", words, int(held), 1)
