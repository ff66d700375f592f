"""What is suggested to people: the courses that close the gaps between their levels and their role profile."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from assessments.learning_paths.catalogue import NOTHING, Had, Offered, catalogue, had_by, offers_for
from assessments.learning_paths.planning import Closing, Planned, left_open, plan
from assessments.profiles.fitting import Fit, Gap, Wanted, asked_on, fit, of_job, wanted_by
from assessments.profiles.past import Job
from assessments.ratings.models import CurrentLevel
from courses.models import Competency, Course
from trainingsite.people.models import User


@dataclass(frozen=True)
class Shown:
    """What a course raises, with the competency to name."""

    competency: Competency
    closing: Closing


@dataclass(frozen=True)
class Step:
    """A course of the suggestion; `running` are the minutes up to its end, `held` the enrolment that is open already.

    `due_on` is that enrolment's, which stays; `needed_for` names the courses of the suggestion that ask for it first;
    `reaches` are the levels that it teaches, by competency.
    """

    course: Course
    minutes: int
    running: int
    closes: tuple[Shown, ...]
    held: int | None
    needs: frozenset[int]
    needed_for: tuple[Course, ...] = ()
    due_on: date | None = None
    reaches: Mapping[int, int] = field(default_factory=dict, compare=False)

    def as_json(self) -> list[dict[str, int]]:
        """The gaps it closes, as a path keeps them."""
        closings = (shown.closing for shown in self.closes)
        return [{"competency": c.competency_id, "from": c.before, "to": c.after, "need": c.need} for c in closings]


@dataclass(frozen=True)
class Left:
    """A gap that no course closes, or not wholly: the level that is reached, and the one needed.

    `learnt`: a course that leads higher was completed lately; what is missing is evidence, not a course. `taught`: a
    course of the suggestion teaches up to the level that is named.
    """

    competency: Competency
    gap: Gap
    learnt: bool = False
    taught: bool = False


@dataclass(frozen=True)
class Suggestion:
    """What closes the person's gaps soonest; without steps there is no gap, or no course that closes one.

    `competencies` are those that were read for it, for whoever has to name them.
    """

    person_id: int
    wanted: Wanted
    fit: Fit
    steps: tuple[Step, ...] = ()
    left: tuple[Left, ...] = ()
    competencies: Mapping[int, Competency] = field(default_factory=dict, compare=False)

    @property
    def minutes(self) -> int:
        return self.steps[-1].running if self.steps else 0

    @property
    def is_learnt(self) -> bool:
        """Whether courses for all that is missing were completed lately."""
        return bool(self.left) and not self.steps and all(each.learnt for each in self.left)

    @cached_property
    def mark(self) -> str:
        """The same as long as the same is suggested for the same reasons."""
        gaps = [(gap.competency_id, gap.level, gap.need) for gap in self.fit.gaps]
        told = [self.wanted.version_id, gaps, [(step.course.pk, step.minutes) for step in self.steps]]
        return sha256(repr(told).encode()).hexdigest()[:16]


@dataclass
class Ground:
    """What suggestions are made from, read once for however many people."""

    on: date
    competencies: dict[int, Competency]
    levels: dict[int, dict[int, int | None]]
    known: dict[int, Offered]
    had: dict[int, Had]
    plans: dict[object, list[Planned]] = field(default_factory=dict)

    def planned(self, gaps: tuple[Gap, ...], had: Had) -> list[Planned]:
        """The plan for these gaps; equal cases, of which assignments have many, are solved once."""
        key = (gaps, had.ever, had.lately)
        if key not in self.plans:
            self.plans[key] = plan(gaps, offers_for(had, self.known))
        return self.plans[key]


def suggest(person: User, on: date) -> Suggestion | None:
    """What is suggested to the person; None without a role profile. At most five queries."""
    asked = asked_on({person.position_id}, on) if person.position_id else {}
    wanted = of_job(Job(person.position_id, person.grade, person.department_id), asked)
    if wanted is None:
        return None
    return _suggestion(person.pk, wanted, ground_for({person.pk: wanted}, on))


def suggest_many(people_ids: Collection[int], on: date) -> dict[int, Suggestion]:
    """The suggestion of each who has a role profile, in a fixed number of queries."""
    wanted = wanted_by(people_ids, on)
    ground = ground_for(wanted, on)
    return {pk: _suggestion(pk, each, ground) for pk, each in wanted.items()}


def suggest_for(
    gap_of: Mapping[int, tuple[Wanted, Gap]], competencies: Iterable[Competency], on: date
) -> dict[int, Suggestion]:
    """What closes one gap of each of these people, whatever else they lack; at most two queries."""
    if not gap_of:
        return {}
    known = catalogue()
    named = {competency.pk: competency for competency in competencies}
    levels: dict[int, dict[int, int | None]] = {pk: {gap.competency_id: gap.level} for pk, (_w, gap) in gap_of.items()}
    ground = Ground(on, named, levels, known, had_by(gap_of.keys(), known.keys(), on))
    return {pk: _suggestion(pk, wanted, ground, only=gap) for pk, (wanted, gap) in gap_of.items()}


def ground_for(wanted: Mapping[int, Wanted], on: date) -> Ground:
    """Three queries, and none where nothing is wanted."""
    if not wanted:
        return Ground(on, {}, {}, {}, {})
    competencies = _with_levels(wanted)
    known = catalogue()
    levels = _by_person(competencies)
    return Ground(on, {each.pk: each for each in competencies}, levels, known, had_by(wanted.keys(), known.keys(), on))


def _with_levels(wanted: Mapping[int, Wanted]) -> list[Competency]:
    """The competencies that somebody needs, each with `held`: who is at which level."""
    needed = {need.competency_id for each in wanted.values() for need in each.needs}
    own = CurrentLevel.objects.filter(competency=OuterRef("pk"), person__in=list(wanted), level__isnull=False)
    held = ArraySubquery(own.annotate(pair=JSONObject(person="person", level="level")).values("pair"))
    return list(Competency.objects.filter(pk__in=needed).annotate(held=held))


def _by_person(competencies: Iterable[Competency]) -> dict[int, dict[int, int | None]]:
    levels: dict[int, dict[int, int | None]] = {}
    for competency in competencies:
        for pair in competency.held:  # type: ignore[attr-defined]  # annotated
            levels.setdefault(pair["person"], {})[competency.pk] = pair["level"]
    return levels


def _suggestion(person_id: int, wanted: Wanted, ground: Ground, *, only: Gap | None = None) -> Suggestion:
    found = fit(wanted, ground.levels.get(person_id, {}))
    if only is not None:
        found = replace(found, gaps=(only,))
    had = ground.had.get(person_id, NOTHING)
    planned = ground.planned(found.gaps, had) if found.gaps else []
    taught = {each.competency_id for step in planned for each in step.closes}
    left = tuple(
        replace(_left(gap, had, ground), taught=gap.competency_id in taught) for gap in left_open(found.gaps, planned)
    )
    return Suggestion(person_id, wanted, found, _steps(planned, had, ground), left, ground.competencies)


def _left(gap: Gap, had: Had, ground: Ground) -> Left:
    taken = (ground.known[pk].reaches for pk in had.lately)
    learnt = any(reaches.get(gap.competency_id, 0) > gap.level for reaches in taken)
    return Left(ground.competencies[gap.competency_id], gap, learnt)


def _steps(planned: Iterable[Planned], had: Had, ground: Ground) -> tuple[Step, ...]:
    steps: list[Step] = []
    running = 0
    for each in planned:
        running += each.minutes
        offered = ground.known[each.course_id]
        shown = tuple(Shown(ground.competencies[closing.competency_id], closing) for closing in each.closes)
        needs = frozenset() if each.course_id in had.ever else offered.needs - had.ever
        held, due_on = had.held.get(each.course_id), had.due.get(each.course_id)
        step = Step(offered.course, each.minutes, running, shown, held, needs, due_on=due_on, reaches=offered.reaches)
        steps.append(step)
    return tuple(replace(step, needed_for=_waiting(step, steps)) for step in steps)


def _waiting(step: Step, steps: Iterable[Step]) -> tuple[Course, ...]:
    return tuple(other.course for other in steps if step.course.pk in other.needs)
