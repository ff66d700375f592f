"""What must be met before somebody graduates, and what of it is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.models import Certificate
from mentoring.checkins.models import CheckIn
from mentoring.evaluations.models import Evaluation, Moment
from mentoring.job_plans.models import JobTask, Side
from mentoring.pairings.models import Pairing, PairingGoal

LEAST_TALKS = 4  # check-ins that are asked for without a plan


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

    @property
    def standing(self) -> str:
        """How far it is, in words where the bare numbers would mislead."""
        if self.code == "stars":
            return _("%(done)s stars (at least %(wanted)s)") % {"done": self.done, "wanted": self.wanted}
        if self.code == "certificate":
            return pgettext("graduation", "Held") if self.is_met else pgettext("graduation", "Not held")
        return f"{self.done} / {self.wanted}"


def missing(pairing: Pairing, *, on: date) -> list[Missing]:
    """The conditions that are not met on the day; one query."""
    row = with_facts(Pairing.objects.filter(pk=pairing.pk), on=on).select_related("plan__certification").get()
    return [each for each in conditions(row) if not each.is_met]


def conditions(row: Any) -> list[Missing]:
    """Everything that is asked, met or not, of a pairing `with_facts` and with its plan's certification.

    What was done with an earlier mentor of the same plan counts. Without a plan it takes an agreement that both have
    agreed to, at least one goal and all of them reached, and at least four check-ins of this pairing: having no goals
    lets nobody graduate at once.
    """
    if row.plan is None:
        return list(_without_plan(row))
    return [*_work(row), *_evaluations(row), *_certificate(row)]


def _without_plan(row: Any) -> Iterator[Missing]:
    yield Missing("agreement", _("Agreed by both"), row.sides_agreed, len(Side))
    yield Missing("goals", _("Goals reached"), row.goals_reached, max(row.goals_total, 1))
    yield Missing("checkins", _("Check-ins held"), row.talks_held, LEAST_TALKS)


def _work(row: Any) -> Iterator[Missing]:
    if row.tasks_required:
        yield Missing("tasks", _("Required tasks signed off by both"), row.tasks_signed, row.tasks_required)
    if row.plan.least_checkins:
        yield Missing("checkins", _("Check-ins held"), row.checkins_held, row.plan.least_checkins)


def _evaluations(row: Any) -> Iterator[Missing]:
    if row.plan.needs_evaluations:
        yield Missing("half", _("Evaluations at half-time, by both"), row.sides_half, len(Side))
        yield Missing("end", _("Evaluations at the end, by both"), row.sides_end, len(Side))
    if row.plan.needs_evaluations or row.last_stars:
        stars = _("Stars in the mentor's last evaluation")
        yield Missing("stars", stars, row.last_stars, row.plan.least_stars)


def _certificate(row: Any) -> Iterator[Missing]:
    if title := row.plan.certification:
        yield Missing("certificate", _("Certificate “%(title)s”") % {"title": title}, int(row.is_certified), 1)


def with_facts(rows: QuerySet[Pairing], *, on: date) -> QuerySet[Pairing]:
    """Adds what conditions are judged by, for however many pairings in the one query."""
    tasks = JobTask.objects.filter(plan=OuterRef("plan"), is_required=True)
    said = Evaluation.objects.filter(pairing__plan=OuterRef("plan"))
    goals = PairingGoal.objects.filter(pairing=OuterRef("pk"))
    held = CheckIn.objects.held().filter(pairing__plan=OuterRef("plan"))
    talks = CheckIn.objects.held().filter(pairing=OuterRef("pk"))
    certificates = Certificate.objects.valid(on).filter(
        person=OuterRef("mentee"), certification=OuterRef("plan__certification")
    )
    last = said.filter(side=Side.MENTOR).order_by("-at", "-pk").values("stars")[:1]
    return rows.annotate(
        tasks_required=_number(tasks, "plan"),
        tasks_signed=_number(tasks.filter(done_on__isnull=False), "plan"),
        checkins_held=_number(held, "pairing__plan"),
        sides_half=_number(said.filter(moment=Moment.HALF_TIME), "pairing__plan", "side"),
        sides_end=_number(said.filter(moment=Moment.END), "pairing__plan", "side"),
        last_stars=Coalesce(Subquery(last), 0),
        sides_agreed=_is_there("mentor_agreed_at") + _is_there("mentee_agreed_at"),
        talks_held=_number(talks, "pairing"),
        goals_total=_number(goals, "pairing"),
        goals_reached=_number(goals.filter(reached_on__isnull=False), "pairing"),
        is_certified=Exists(certificates),
    )


def _is_there(field: str) -> Case:
    return Case(When(**{f"{field}__isnull": False}, then=1), default=0)


def _number(rows: QuerySet[Any], owner: str, of: str = "pk") -> Coalesce:
    counted = rows.order_by().values(owner).annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)
