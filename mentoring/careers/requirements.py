"""What is missing for the next step: each condition with what is needed and what is there, for many people at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, OuterRef, Subquery

from assessments.models import Certificate, Evidence
from assessments.points.balance import balances
from assessments.profiles.fitting import Wanted, asked_on, fit, of_job
from assessments.profiles.past import Job
from assessments.ratings.asof import levels_on
from mentoring.careers.conditions import Condition, Kind, Standing
from mentoring.careers.models import CareerStep
from mentoring.careers.since import begun_on, months_between, with_beginnings
from trainingsite.core.days import company_day
from trainingsite.people.models import User

APPRAISAL_DAYS = timedelta(days=365)
APPRAISALS = ("assessment", "appraisal")  # sources of evidence: judgements of people
Levels = Mapping[int, int | None]


@dataclass(frozen=True)
class Measure:
    """What the conditions are measured by: loaded once for all people and steps."""

    on: date
    asked: Mapping[tuple[int, str], Wanted]
    levels: Mapping[int, Levels]

    def conditions(self, person: User, step: CareerStep) -> Iterator[Condition]:
        """Every condition of the step, the person's own part first."""
        if step.fit:
            yield self._fit(person, step)
        levels = self.levels.get(person.pk, {})
        for row in step.competencies_asked:
            level = levels.get(row["ref"]) or 0
            met = level >= row["need"]
            yield Condition(Kind.COMPETENCY, row["need"], level, met, row["ref"], row["name"])
        certified = set(person.certified)  # type: ignore[attr-defined]  # by `facts_of`
        for row in step.certificates_asked:
            has = row["ref"] in certified
            yield Condition(Kind.CERTIFICATE, 1, int(has), has, row["ref"], row["name"])
        yield from self._numbers(person, step)

    def _fit(self, person: User, step: CareerStep) -> Condition:
        """Against the profile of the job that the step leads to; where it has none nobody meets it."""
        job = Job(step.to_position_id, step.to_grade or person.grade, None)
        wanted = of_job(job, self.asked)
        now = fit(wanted, self.levels.get(person.pk, {})).percent if wanted else None
        need = step.fit or 0
        return Condition(Kind.FIT, need, now, now is not None and now >= need, wanted.profile_id if wanted else None)

    def _numbers(self, person: User, step: CareerStep) -> Iterator[Condition]:
        if step.points:
            now: float = person.points  # type: ignore[attr-defined]  # by `facts_of`
            yield Condition(Kind.POINTS, step.points, now, now >= step.points)
        if step.months:
            begun = begun_on(person, grade=bool(step.from_grade))
            by = begun + relativedelta(months=step.months)
            yield Condition(Kind.MONTHS, step.months, months_between(begun, self.on), by <= self.on, by=by)
        if step.appraisal:
            mean: Decimal | None = person.appraised  # type: ignore[attr-defined]  # by `facts_of`
            judged = None if mean is None else float(mean)
            yield Condition(Kind.APPRAISAL, step.appraisal, judged, (judged or 0) >= step.appraisal)


def measure(people: Any, steps: Sequence[CareerStep], *, at: datetime) -> list[tuple[User, dict[int, Standing]]]:
    """Each of the people, in their order, with the standing for each step by its id.

    `steps` come from `whole()`. A fixed number of queries, and only those that the steps ask for.
    """
    found = list(facts_of(people, at))
    return [
        (person, {step.pk: Standing(tuple(conditions)) for step, conditions in rows})
        for person, rows in zip(found, _measured(found, steps, at), strict=True)
    ]


def standing_of(person: User, step: CareerStep, *, at: datetime) -> Standing:
    """How one person stands for one step, whichever they were loaded by."""
    whole = CareerStep.objects.whole().get(pk=step.pk)
    [(_person, standings)] = measure(User.objects.filter(pk=person.pk), [whole], at=at)
    return standings[step.pk]


def _measured(people: Sequence[User], steps: Sequence[CareerStep], at: datetime) -> Iterator[Any]:
    ids, on = [person.pk for person in people], company_day(at)
    targets = {step.to_position_id for step in steps if step.fit}
    by_level = targets or any(step.competencies_asked for step in steps)
    derived = levels_on(ids, at=at) if by_level else {}
    given = Measure(
        on=on,
        asked=asked_on(targets, on) if targets else {},
        levels={pk: {each: one.level for each, one in rows.items()} for pk, rows in derived.items()},
    )
    for person in people:
        yield [(step, given.conditions(person, step)) for step in steps]


def facts_of(people: Any, at: datetime) -> Any:
    """The people with what comes from their own rows, in one query: certificates, appraisal, points, since when."""
    certificates = Certificate.objects.valid(company_day(at)).filter(person=OuterRef("pk"))
    judged = Evidence.objects.known(at).filter(
        person=OuterRef("pk"), source__in=APPRAISALS, at__gt=at - APPRAISAL_DAYS, at__lte=at
    )
    mean = judged.order_by().values("person").annotate(mean=Avg("score")).values("mean")
    return with_beginnings(people).annotate(
        certified=ArraySubquery(certificates.order_by().values("certification")),
        appraised=Subquery(mean),
        points=balances(at),
    )
