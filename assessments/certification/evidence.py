"""What a certification asks for, and how far a person is: the one place that judges it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from assessments.attempts.models import Attempt
from assessments.certification.models import RENEWAL_WINDOW, Certificate, Certification
from assessments.quizzes.models import Quiz
from courses.models import Course, Enrolment, Unit

FULL, PERCENT = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class Asked:
    """A quiz, and the versions of its course that ask it."""

    quiz_id: int
    unit: Unit


@dataclass(frozen=True)
class Rule:
    """A certification with its courses and the quizzes that were ever in each."""

    certification: Certification
    courses: dict[int, Course]
    quizzes: dict[int, list[Asked]]

    def quizzes_of(self, course_id: int, version: int) -> set[int]:
        """What has to be passed by who completed this version of the course."""
        return {asked.quiz_id for asked in self.quizzes.get(course_id, []) if asked.unit.is_in(version)}


@dataclass(frozen=True, order=True)
class Evidence:
    """A completed course in its version, or a graded attempt at one of its quizzes."""

    at: datetime
    course_id: int
    quiz_id: int = 0
    score: Decimal = FULL
    version: int = 0

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


@dataclass(frozen=True)
class Missing:
    """What is open in a course: to complete it, or to reach the score (`best` is the best one so far)."""

    course: Course
    best: Decimal | None = None


@dataclass
class Progress:
    """What has been shown since the last certificate: courses with the version completed last, and scores."""

    rule: Rule
    completed: dict[int, int] = field(default_factory=dict)
    best: dict[int, Decimal] = field(default_factory=dict)

    def note(self, evidence: Evidence) -> None:
        if not evidence.quiz_id:
            self.completed[evidence.course_id] = evidence.version
            return
        self.best[evidence.quiz_id] = max(evidence.score, self.best.get(evidence.quiz_id, Decimal(0)))

    def missing(self) -> list[Missing]:
        return [found for course in self.rule.courses.values() if (found := self._missing_in(course))]

    def _missing_in(self, course: Course) -> Missing | None:
        if course.pk not in self.completed:
            return Missing(course)
        scores = [self.best.get(quiz) for quiz in self.rule.quizzes_of(course.pk, self.completed[course.pk])]
        known = [score for score in scores if score is not None]
        if len(known) < len(scores) or any(score < self.rule.certification.minimum_score for score in known):
            return Missing(course, min(known, default=Decimal(0)))
        return None

    @property
    def score(self) -> Decimal:
        """The mean of the best scores of the quizzes asked for."""
        asked = [quiz for one, version in self.completed.items() for quiz in self.rule.quizzes_of(one, version)]
        scores = [self.best[quiz] for quiz in asked if quiz in self.best]
        return (sum(scores, Decimal(0)) / len(scores)).quantize(PERCENT, ROUND_HALF_UP) if scores else FULL


def may_earn(last: Certificate | None, day: date) -> bool:
    """Whether what is shown on `day` counts for the certificate after this one.

    Always for the first; afterwards from the renewal window of the last on, or from its revocation.
    """
    if last is None:
        return True
    if last.revoked_at:
        return day >= timezone.localdate(last.revoked_at)
    return last.expires_on is not None and day >= last.expires_on - RENEWAL_WINDOW


@dataclass
class Record:
    """A person's way to one certification: the certificates, and what counts for the next."""

    progress: Progress
    certificates: list[Certificate]

    @property
    def last(self) -> Certificate | None:
        return self.certificates[-1] if self.certificates else None

    def counts(self, day: date) -> bool:
        """Whether what is shown on `day` counts for the next certificate."""
        return may_earn(self.last, day)

    def note(self, evidence: Evidence) -> None:
        if self.counts(evidence.day):
            self.progress.note(evidence)

    def is_earned(self, day: date) -> bool:
        return self.counts(day) and not self.progress.missing()

    def award(self, certificate: Certificate) -> None:
        self.certificates.append(certificate)
        self.progress = Progress(self.progress.rule)


def rules_of(certifications: Iterable[Certification]) -> list[Rule]:
    """The rules with their courses and quizzes, in two queries."""
    found = list(certifications)
    links = Certification.courses.through.objects.filter(certification__in=found).select_related("course")
    courses: dict[int, dict[int, Course]] = defaultdict(dict)
    for link in links.order_by("course__title", "pk"):
        courses[link.certification_id][link.course_id] = link.course
    wanted = {pk for some in courses.values() for pk in some}
    quizzes: dict[int, list[Asked]] = defaultdict(list)
    for quiz in Quiz.objects.filter(unit__course__in=wanted, practice=False).select_related("unit").defer("unit__body"):
        quizzes[quiz.unit.course_id].append(Asked(quiz.pk, quiz.unit))
    return [Rule(one, courses[one.pk], {pk: quizzes[pk] for pk in courses[one.pk]}) for one in found if courses[one.pk]]


def evidence_of(people: Sequence[int], rules: Sequence[Rule]) -> dict[int, list[Evidence]]:
    """What each person has shown in the courses of the rules, in the order of time; two queries."""
    courses = {pk for rule in rules for pk in rule.courses}
    done = Enrolment.objects.completed().filter(person__in=people, course__in=courses)
    shown: dict[int, list[Evidence]] = defaultdict(list)
    for person, at, course, version in done.values_list("person_id", "completed_at", "course_id", "version"):
        if at:  # always; the type of the column does not say so
            shown[person].append(Evidence(at, course, version=version))
    graded = Attempt.objects.graded().filter(person__in=people, quiz__unit__course__in=courses)
    columns = "person_id", "submitted_at", "quiz__unit__course_id", "quiz_id", "score"
    for person, at, course, quiz, score in graded.values_list(*columns):
        shown[person].append(Evidence(at, course, quiz, score))
    return {person: sorted(some) for person, some in shown.items()}


def records_of(people: Sequence[int], rules: Sequence[Rule]) -> dict[tuple[int, int], Record]:
    """Each person's record under each rule, by (person, certification), before any evidence; one query."""
    records = {(person, rule.certification.pk): Record(Progress(rule), []) for person in people for rule in rules}
    held = Certificate.objects.filter(person__in=people, certification__in=[rule.certification.pk for rule in rules])
    for certificate in held.order_by("period"):
        records[certificate.person_id, certificate.certification_id].certificates.append(certificate)
    return records
