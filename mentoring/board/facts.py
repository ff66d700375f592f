"""What the database knows of a pair on a day; signs and words are made of it, so that nothing is counted twice."""

from datetime import date
from typing import Any

from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce

from mentoring.availability.reading import away_until
from mentoring.checkins.models import CheckIn
from mentoring.evaluations.models import Evaluation, Moment
from mentoring.job_plans.models import JobTask, Side
from mentoring.matching.gone import without_guidance
from mentoring.pairings.models import PairingQuerySet

PLANNED = Coalesce("plan__ends_on", "planned_end")
LENGTH = ExpressionWrapper(PLANNED - F("begins"), output_field=DurationField())
HALF = ExpressionWrapper(F("begins") + LENGTH / 2, output_field=DateField())


def with_facts(pairings: PairingQuerySet, *, on: date) -> Any:
    """Adds what was promised and what was done: talks, tasks, days, evaluations, whether the mentor is there."""
    rows: Any = pairings.with_next_checkin().annotate(
        escalated_at=F("planned__escalated_at"),
        begins=Coalesce("plan__started_on", "started_on"),
        ends=Coalesce("planned_end", "plan__ends_on"),
        is_gone=Exists(without_guidance(on).filter(pk=OuterRef("pk"))),
        away_until=away_until("mentor", on=on),
        **_talks(),
        **_tasks(on),
        **_evaluations(),
    )
    return rows.annotate(half_time=Cast(HALF, DateField()))


def with_progress(pairings: Any) -> Any:
    """Adds `required`, the required tasks of the plan, and `signed`, how many of them both have signed."""
    tasks = JobTask.objects.filter(plan=OuterRef("plan"), is_required=True).order_by().values("plan")
    return pairings.annotate(
        required=Coalesce(Subquery(tasks.annotate(n=Count("pk")).values("n")), 0),
        signed=Coalesce(Subquery(tasks.annotate(n=Count("pk", filter=Q(done_on__isnull=False))).values("n")), 0),
    )


def _talks() -> dict[str, Any]:
    held = CheckIn.objects.held().filter(pairing=OuterRef("pk")).newest_first()
    return {
        "last_progress": Subquery(held.values("progress")[:1]),
        "last_held_on": Subquery(held.values("held_on")[:1]),
    }


def _tasks(on: date) -> dict[str, Any]:
    """The required tasks of weeks that are over: how many, since when, of which weeks."""
    late = JobTask.objects.late(on).filter(plan=OuterRef("plan")).order_by().values("plan")

    def one(value: Any) -> Subquery:
        return Subquery(late.annotate(one=value).values("one"))

    return {
        "late_tasks": Coalesce(one(Count("pk")), 0),
        "late_since": one(Min("due_on")),
        "late_from_week": one(Min("week")),
        "late_to_week": one(Max("week")),
    }


def _evaluations() -> dict[str, Any]:
    """Who said something at which moment: `half_mentor`, `half_mentee`, `end_mentor`, `end_mentee`."""
    said = Evaluation.objects.filter(pairing=OuterRef("pk"))
    return {
        f"{moment.value}_{side.value}": Exists(said.filter(moment=moment, side=side))
        for moment in Moment
        for side in Side
    }
