"""How many people are below what their jobs ask, by competency and department: counted, however many people work here.

People with the same job in the same department are counted together by level, so that a company of ten thousand is a
few hundred rows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from assessments.matrix.columns import Column
from assessments.matrix.people import Asked
from assessments.models import CurrentLevel
from assessments.profiles.fitting import Wanted, of_job
from assessments.profiles.past import Job
from trainingsite.people.staff.models import PersonQuerySet

Crews = dict[Job, int]  # how many have the job in the department
Counts = dict[Job, dict[int, dict[int, int]]]  # by competency and level, how many have it


class Tally(NamedTuple):
    """Of so many who are asked for it, so many are below, by so many levels in all."""

    asked: int = 0
    below: int = 0
    missing: int = 0

    @property
    def share(self) -> float:
        return self.below / self.asked if self.asked else 0.0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(*(mine + more for mine, more in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Gap:
    """One competency: the sum, and by department."""

    column: Column
    tally: Tally
    places: Mapping[int | None, Tally]


def crews(people: PersonQuerySet) -> Crews:
    """One query."""
    rows = people.order_by().values_list("position", "grade", "department").annotate(number=Count("pk"))
    return {Job(*job): number for *job, number in rows}


def counts(people: PersonQuerySet) -> Counts:
    """One query."""
    levels = CurrentLevel.objects.filter(person__in=people.order_by().values("pk"), level__isnull=False)
    rows = levels.order_by().values_list(
        "person__position", "person__grade", "person__department", "competency", "level"
    )
    found: Counts = defaultdict(lambda: defaultdict(dict))
    for *job, competency, level, number in rows.annotate(number=Count("pk")):
        found[Job(*job)][competency][level] = number
    return found


def gaps_of(every: Sequence[Column], people: PersonQuerySet, asked: Asked, profile: int | None = None) -> list[Gap]:
    """The competencies that are asked of these people, the widest gap first. Two queries."""
    sums: dict[int, dict[int | None, Tally]] = defaultdict(lambda: defaultdict(Tally))
    known = counts(people)
    for job, number in crews(people).items():
        for key, tally in _tallies(_asking(job, asked, profile), known.get(job, {}), number):
            sums[key][job.department_id] = sums[key][job.department_id].plus(tally)
    found = [Gap(column, _sum(sums[column.pk]), dict(sums[column.pk])) for column in every if column.pk in sums]
    return sorted(found, key=lambda gap: (gap.tally.below, gap.tally.missing, gap.tally.share), reverse=True)


def _asking(job: Job, asked: Asked, profile: int | None) -> Wanted | None:
    wanted = of_job(job, asked)
    return wanted if wanted and (profile is None or wanted.profile_id == profile) else None


def _tallies(
    wanted: Wanted | None, levels: Mapping[int, Mapping[int, int]], number: int
) -> Sequence[tuple[int, Tally]]:
    """What a crew of so many adds to each competency that its job asks for."""
    if wanted is None:
        return []
    return [
        (need.competency_id, _tally(need.level, levels.get(need.competency_id, {}), number)) for need in wanted.needs
    ]


def _tally(need: int, levels: Mapping[int, int], number: int) -> Tally:
    meet = sum(people for level, people in levels.items() if level >= need)
    has = sum(level * people for level, people in levels.items() if level < need)
    return Tally(number, number - meet, need * (number - meet) - has)


def _sum(places: Mapping[int | None, Tally]) -> Tally:
    total = Tally()
    for tally in places.values():
        total = total.plus(tally)
    return total


def needs_by_job(people: PersonQuerySet, asked: Asked, competency: int, profile: int | None = None) -> dict[Job, int]:
    """The level of the competency that each of the people's jobs asks. One query."""
    jobs = {job: _asking(job, asked, profile) for job in crews(people)}
    needed = {job: _need(wanted, competency) for job, wanted in jobs.items()}
    return {job: need for job, need in needed.items() if need}


def _need(wanted: Wanted | None, competency: int) -> int:
    needs = wanted.needs if wanted else ()
    return next((need.level for need in needs if need.competency_id == competency), 0)


def below(people: PersonQuerySet, needs: Mapping[Job, int], competency: int) -> PersonQuerySet:
    """Those below what their job asks, with `need`, `level` (0 without one) and `missing`; the widest gap first."""
    if not needs:
        return people.none()
    whens = [When(_having(needs, level), then=Value(level)) for level in sorted(set(needs.values()))]
    level = CurrentLevel.objects.filter(person=OuterRef("pk"), competency=competency).values("level")
    rows = people.annotate(
        need=Case(*whens, default=Value(0), output_field=IntegerField()), level=Coalesce(Subquery(level[:1]), 0)
    )
    return (
        rows.filter(level__lt=F("need")).annotate(missing=F("need") - F("level")).order_by("-missing", "sort_key", "pk")
    )


def _having(needs: Mapping[Job, int], level: int) -> Q:
    """The people whose jobs ask for just this level."""
    grades: dict[int | None, set[str]] = defaultdict(set)
    for job, need in needs.items():
        if need == level:
            grades[job.position_id].add(job.grade)
    found = Q(pk__in=[])
    for position, names in grades.items():
        found |= Q(position=position, grade__in=names)
    return found
