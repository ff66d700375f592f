"""Conditions as pages show them: what a step asks, and how somebody stands with ways to get on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.urls import reverse

from assessments.acts import OWN_CERTIFICATES, OWN_POINTS, SEE_RATINGS
from mentoring.careers.conditions import Condition, Kind, Standing
from mentoring.careers.loops import Arrow, Place
from mentoring.careers.models import CareerStep, Nomination, NominationState
from mentoring.careers.requirements import measure
from mentoring.careers.since import begun_on, months_between
from trainingsite.people.models import User


def asks_of(step: CareerStep) -> list[Condition]:
    """What a step from `whole()` asks of anybody."""
    asked = [Condition(Kind.FIT, step.fit, None, met=False)] if step.fit else []
    asked += [Condition(Kind.COMPETENCY, r["need"], None, False, r["ref"], r["name"]) for r in step.competencies_asked]
    asked += [Condition(Kind.CERTIFICATE, 1, None, False, r["ref"], r["name"]) for r in step.certificates_asked]
    for kind, need in [(Kind.POINTS, step.points), (Kind.MONTHS, step.months), (Kind.APPRAISAL, step.appraisal)]:
        asked += [Condition(kind, need, None, met=False)] if need else []
    return asked


LATER = 6
# By the kind of a condition: who has an own page of it, that page, and the one about somebody.
_PAGES = {
    Kind.CERTIFICATE: (OWN_CERTIFICATES, "my-certificates", ""),
    Kind.POINTS: (OWN_POINTS, "my-points", "person-points"),
    Kind.APPRAISAL: (SEE_RATINGS, "my-competencies", "person-competencies"),
}


@dataclass(frozen=True)
class Line:
    """A condition with the page on which one gets on with it."""

    condition: Condition
    url: str


@dataclass(frozen=True)
class Next:
    """A step that somebody may take next; `under_way` is what is proposed or approved of it."""

    step: CareerStep
    standing: Standing
    lines: list[Line]
    under_way: Nomination | None = None


@dataclass(frozen=True)
class Career:
    """Where somebody is, what comes next, and what may come after that."""

    person: User
    since: date
    months: int
    nexts: list[Next]
    later: list[CareerStep]
    coming: Nomination | None


def career_of(person: User, *, own: bool, at: datetime, on: date) -> Career:
    """What the page of a career shows; what is only proposed the person does not read."""
    steps = list(CareerStep.objects.in_use().whole())
    here = Place(person.position_id or 0, person.grade)
    first = [step for step in steps if Arrow.of(step).begin.meets(here)]
    [(found, standings)] = measure(User.objects.filter(pk=person.pk), first, at=at)
    rows = person.nominations.filter(state__in=[NominationState.OPEN, NominationState.APPROVED], applied_at=None)
    under_way = {row.step_id: row for row in rows.select_related("step__from_position", "step__to_position")}
    since = begun_on(found, grade=True)
    return Career(
        person=person,
        since=since,
        months=months_between(since, on),
        nexts=sorted(
            (_next(step, standings[step.pk], person, None if own else under_way.get(step.pk), own) for step in first),
            key=lambda row: (len(row.standing.missing), -row.standing.share),
        ),
        later=later_than(first, steps),
        coming=next((row for row in under_way.values() if row.state == NominationState.APPROVED), None),
    )


def _next(step: CareerStep, standing: Standing, person: User, under_way: Nomination | None, own: bool) -> Next:
    lines = [Line(condition, way_on(condition, person, own=own)) for condition in standing.conditions]
    return Next(step, standing, lines, under_way)


def way_on(condition: Condition, person: User, *, own: bool) -> str:
    """The page on which the person, or who looks after him or her, gets on with the condition; "" for none."""
    if condition.kind == Kind.FIT:  # the profile of the job that the step leads to; paths are for the present one
        return reverse("role-profile", args=[condition.ref]) if condition.ref else ""
    if condition.kind == Kind.COMPETENCY:
        return reverse("competency-evidence", args=[person.pk, condition.ref])
    act, mine, theirs = _PAGES.get(Kind(condition.kind), ("", "", ""))
    if own and act and person.may(act):
        return reverse(mine)
    return reverse(theirs, args=[person.pk]) if theirs else ""


def later_than(first: Sequence[CareerStep], steps: Sequence[CareerStep]) -> list[CareerStep]:
    """The steps that lie beyond the next ones, nearer ones first, and not too many."""
    return list(islice(_beyond(first, steps), LATER))


def _beyond(first: Sequence[CareerStep], steps: Sequence[CareerStep]) -> Iterator[CareerStep]:
    seen, way = {step.pk for step in first}, list(first)
    for reached in way:  # grows while it is walked
        for step in steps:
            if step.pk not in seen and Arrow.of(reached).end.meets(Arrow.of(step).begin):
                seen.add(step.pk)
                way.append(step)
                yield step
