"""What somebody is good at, and what to learn next: the weakest competencies with what teaches and trains them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from assessments.analysis.weighing import ENOUGH, Evidence, Strength, strengths
from assessments.attempts.models import Attempt, Response
from assessments.attempts.review import seen_of
from assessments.quizzes.models import Quiz, Thing
from courses.models import Competency, Course, Enrolment, Teaches
from trainingsite.people.models import User

DAY = timedelta(days=1)
MOST_NEXT = 3


@dataclass(frozen=True)
class Step:
    """A course that teaches a competency: `enrolment` is the person's open one; `done` when it was completed."""

    course: Course
    level: int
    enrolment: Enrolment | None
    done: datetime | None


@dataclass(frozen=True)
class Exercise:
    """A practice quiz in a course that the person has."""

    quiz: Quiz
    enrolment: Enrolment


@dataclass
class Line:
    """A competency with how strong the person is at it, and what makes him or her stronger."""

    competency: Competency
    strength: Strength
    courses: list[Step] = field(default_factory=list)
    practice: list[Exercise] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """`lines` in the order of the framework; `next` the weakest, weakest first."""

    lines: list[Line]
    next: list[Line]
    answers: int

    @property
    def known(self) -> list[Line]:
        return [line for line in self.lines if line.strength.percent is not None]


def report_on(person: User, *, viewer: User, at: datetime) -> Report:
    """A fixed number of queries, however much was answered."""
    found = strengths(_evidence(person, viewer, at))
    competencies = Competency.objects.in_use().filter(pk__in=found).select_related("group")
    lines = [Line(one, found[one.pk]) for one in competencies]
    weak = sorted((line for line in lines if line.strength.is_weak), key=lambda line: line.strength.percent or ENOUGH)
    weakest = weak[:MOST_NEXT]
    _add_steps(person, weakest)
    return Report(lines, weakest, sum(line.strength.answers for line in lines))


def _evidence(person: User, viewer: User, at: datetime) -> list[Evidence]:
    """Graded answers, never practice; to the person only those of attempts whose marks he or she may see."""
    attempts = list(Attempt.objects.graded().filter(person=person).select_related("quiz"))
    see = seen_of(attempts, at=at, viewer=viewer)
    shown = [one.pk for one in attempts if Thing.MARKS in see[one.pk]]
    rows = Response.objects.filter(
        attempt__in=shown, fraction__isnull=False, version__question__competency__isnull=False
    ).order_by()
    columns = rows.values_list(
        "version__question__competency", "fraction", "version__question__difficulty", "attempt__submitted_at"
    )
    return [
        Evidence(competency, float(fraction or 0), difficulty, (at - (moment or at)) / DAY)
        for competency, fraction, difficulty, moment in columns
    ]


def _add_steps(person: User, lines: Sequence[Line]) -> None:
    wanted = {line.competency.pk: line for line in lines}
    enrolments = _enrolments(person)
    for teaches in _taught(wanted):
        tries = enrolments[teaches.course_id]
        going = next((one for one in tries if one.completed_at is None), None)
        done = max((one.completed_at for one in tries if one.completed_at), default=None)
        wanted[teaches.competency_id].courses.append(Step(teaches.course, teaches.level, going, done))
    for line in lines:
        line.courses = _advised(line.courses)
    for quiz in _practice(wanted, list(enrolments)):
        wanted[quiz.competency].practice.append(Exercise(quiz, enrolments[quiz.unit.course_id][0]))  # type: ignore[attr-defined]  # annotated


def _advised(steps: Sequence[Step]) -> list[Step]:
    """What is open first, then what was never taken; what is completed only when there is nothing else."""
    left = [step for step in steps if step.enrolment or not step.done]
    return sorted(left or steps, key=lambda step: step.enrolment is None)[:MOST_NEXT]


def _enrolments(person: User) -> defaultdict[int, list[Enrolment]]:
    """The person's enrolments by course, the newest first."""
    found: defaultdict[int, list[Enrolment]] = defaultdict(list)
    for one in Enrolment.objects.filter(person=person, withdrawn_at=None).order_by("-assigned_on", "-pk"):
        found[one.course_id].append(one)
    return found


def _taught(competencies: Collection[int]) -> QuerySet[Teaches]:
    published = Course.objects.published()
    rows = Teaches.objects.filter(competency__in=competencies, course__in=published).select_related("course")
    return rows.order_by("level", "course__title", "pk")


def _practice(competencies: Collection[int], courses: Collection[int]) -> QuerySet[Quiz]:
    """Practice quizzes of these courses, each once for every one of the competencies that its questions prove."""
    rows = Quiz.objects.filter(practice=True, unit__course__in=courses, unit__removed_in=None)
    asked = rows.filter(items__question__competency__in=competencies)
    return asked.annotate(competency=F("items__question__competency")).select_related("unit__course").distinct()
