"""Begin paths: what was suggested becomes enrolments with dates, for one person or for hundreds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessments.learning_paths.models import LearningPath, Origin, PathAssignment, PathStep
from assessments.learning_paths.pace import due_dates, seasons_after
from assessments.learning_paths.suggestions import Step, Suggestion
from courses.enrolment.bulk import enrol_many
from courses.models import Course, Enrolment
from trainingsite.core.days import company_day
from trainingsite.people.models import User

Key = tuple[int, int]


@dataclass(frozen=True)
class Beginning:
    """A person's path to be begun: these steps of the suggestion, each due on its day."""

    suggestion: Suggestion
    steps: Sequence[Step]
    dates: Sequence[date]

    @property
    def person_id(self) -> int:
        return self.suggestion.person_id


@dataclass(frozen=True)
class Given:
    """Who decided, and when; `assignment` is set when it was decided for many."""

    origin: Origin
    by: User | None
    at: datetime
    assignment: PathAssignment | None = None

    @property
    def on(self) -> date:
        return company_day(self.at)


def dated(chosen: Iterable[tuple[Suggestion, Sequence[Step]]], due_on: date, on: date) -> list[Beginning]:
    """Each step with its day: by its share of the minutes, the last one on `due_on`; one query for all."""
    seasons = seasons_after(on)
    return [Beginning(made, steps, due_dates(_running(steps), on, due_on, seasons)) for made, steps in chosen]


def _running(steps: Sequence[Step]) -> list[int]:
    return [sum(step.minutes for step in steps[: place + 1]) for place in range(len(steps))]


def lock_without_path(people_ids: Collection[int]) -> set[int]:
    """Those of the people who have no open path, and get none meanwhile: they stay locked to the end of the act."""
    locked = User.objects.filter(pk__in=people_ids).order_by("pk").select_for_update(no_key=True, of=("self",))
    found = set(locked.values_list("pk", flat=True))
    return found - set(LearningPath.objects.open().filter(person__in=found).values_list("person", flat=True))


def begin(beginnings: Sequence[Beginning], given: Given) -> list[LearningPath]:
    """Write the paths with their steps and enrol; whoever has a course open keeps that enrolment.

    Inside the caller's transaction, which holds the people locked. Nobody hears of each course: one notice tells of
    the whole path.
    """
    people = [each.person_id for each in beginnings]
    courses = {step.course.pk: step.course for each in beginnings for step in each.steps}
    before = _open_enrolments(people, courses)
    _enrol(beginnings, courses, given.on)
    after = _open_enrolments(people, courses)
    paths = LearningPath.objects.bulk_create([_path(each, given) for each in beginnings])
    pairs = zip(paths, beginnings, strict=True)
    PathStep.objects.bulk_create([row for path, each in pairs for row in _rows(path, each, before, after)])
    return paths


def _open_enrolments(people: Collection[int], courses: Collection[int]) -> dict[Key, int]:
    found = Enrolment.objects.open().filter(person__in=people, course__in=courses)
    return {(person, course): pk for person, course, pk in found.values_list("person", "course", "pk")}


def _enrol(beginnings: Iterable[Beginning], courses: Mapping[int, Course], on: date) -> None:
    due: defaultdict[int, dict[int, date]] = defaultdict(dict)
    for each in beginnings:
        for step, day in zip(each.steps, each.dates, strict=True):
            due[step.course.pk][each.person_id] = day
    for course, days in sorted(due.items()):
        enrol_many(list(days), courses[course], on=on, due_on=days, tell=False)


def _path(each: Beginning, given: Given) -> LearningPath:
    return LearningPath(
        person_id=each.person_id,
        profile_id=each.suggestion.wanted.version_id,
        origin=given.origin,
        assignment=given.assignment,
        given_by=given.by,
        begun_at=given.at,
        due_on=each.dates[-1],
    )


def _rows(path: LearningPath, each: Beginning, before: Mapping[Key, int], after: Mapping[Key, int]) -> list[PathStep]:
    return [
        PathStep(
            path=path,
            position=position,
            course=step.course,
            enrolment_id=after[each.person_id, step.course.pk],
            gave=(each.person_id, step.course.pk) not in before,
            minutes=step.minutes,
            closes=step.as_json(),
        )
        for position, step in enumerate(each.steps, start=1)
    ]
