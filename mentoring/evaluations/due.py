"""When mentor and mentee are asked to evaluate each other, and which evaluations are open."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from mentoring.evaluations.models import Evaluation, Moment
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings.models import EndReason, Pairing

BOTH = (Side.MENTEE, Side.MENTOR)


def with_given(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `given`, which `given_in` reads: the sides and moments of the evaluations that there are."""
    said = Evaluation.objects.filter(pairing=OuterRef("pk")).annotate(name=Concat("side", Value(":"), "moment"))
    return rows.annotate(given=ArraySubquery(said.values("name")))


def given_in(row: Any) -> set[tuple[str, str]]:
    """(side, moment) of each evaluation of a pairing `with_given`."""
    return {(side, moment) for side, _colon, moment in (name.partition(":") for name in row.given)}


def half_time(pairing: Pairing) -> date | None:
    """The day in the middle of the plan, or of the planned time; unknown without an end."""
    if pairing.plan:
        return pairing.plan.half_time
    if pairing.planned_end is None:
        return None
    return pairing.started_on + (pairing.planned_end - pairing.started_on) / 2


def window(pairing: Pairing, moment: Moment, rule: GuidanceRule) -> tuple[date, date | None] | None:
    """The first and the last day on which evaluations of the moment are given; nothing when they are not asked for.

    Those of the end stay open as long as the pairing goes on past its planned end.
    """
    within = timedelta(days=rule.evaluate_within)
    if moment == Moment.HALF_TIME:
        middle = half_time(pairing)
        return (max(middle - within, pairing.started_on), middle + within) if middle else None
    if pairing.ended_on:
        goal_reached = pairing.end_reason == EndReason.REACHED
        return (pairing.ended_on - within, pairing.ended_on + within) if goal_reached else None
    return (pairing.planned_end - within, None) if pairing.planned_end else None


def open_for(
    pairing: Pairing, on: date, rule: GuidanceRule, given: Collection[tuple[str, str]] | None = None
) -> list[tuple[Side, Moment]]:
    """Which evaluations may be given on the day and are not there yet.

    Needs the plan (`select_related`); `given`, the sides and moments of those there are, saves the query.
    """
    there = set(pairing.evaluations.values_list("side", "moment") if given is None else given)
    return [
        (side, moment)
        for moment in Moment
        if _is_open(pairing, moment, on, rule)
        for side in BOTH
        if (side, moment) not in there
    ]


def _is_open(pairing: Pairing, moment: Moment, on: date, rule: GuidanceRule) -> bool:
    if moment == Moment.HALF_TIME and not pairing.is_open:
        return False
    days = window(pairing, moment, rule)
    return days is not None and days[0] <= on and (days[1] is None or on <= days[1])
