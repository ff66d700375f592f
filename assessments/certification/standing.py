"""Where a person stands: what is held, and what is missing for the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.certification.evidence import Record, Rule, evidence_of, records_of, rules_of
from assessments.certification.models import Certificate, Certification
from courses.models import Course, Enrolment
from trainingsite.people.models import User


@dataclass(frozen=True)
class Step:
    """A course that is missing, with the open enrolment in it when there is one."""

    course: Course
    best: Decimal | None
    enrolment_id: int | None


@dataclass(frozen=True)
class Goal:
    """A certification on the way: `done` of `total` courses fulfilled, and the rest."""

    certification: Certification
    missing: list[Step]
    total: int
    held: Certificate | None

    @property
    def done(self) -> int:
        return self.total - len(self.missing)

    @property
    def is_begun(self) -> bool:
        return self.done > 0


def goals_of(person: User, day: date) -> list[Goal]:
    """Certifications that the person does not hold, or may renew, the nearest first; six queries at most."""
    goals = _goals(person, rules_of(Certification.objects.in_use()), day)
    return sorted(goals, key=lambda goal: (goal.held is None, len(goal.missing), str(goal.certification)))


def goal_of(person: User, certification: Certification, day: date) -> Goal | None:
    """The way to this certification; None while the person holds it and need not renew it yet. Six queries at most."""
    return next(iter(_goals(person, rules_of([certification]), day)), None)


def _goals(person: User, rules: Sequence[Rule], day: date) -> list[Goal]:
    records = records_of([person.pk], rules)
    shown = evidence_of([person.pk], rules).get(person.pk, [])
    for record in records.values():
        for evidence in shown:
            record.note(evidence)
    going = dict(Enrolment.objects.open().filter(person=person).values_list("course_id", "pk"))
    return [_goal(record, going) for record in records.values() if record.counts(day)]


def _goal(record: Record, going: Mapping[int, int]) -> Goal:
    rule = record.progress.rule
    steps = [Step(one.course, one.best, going.get(one.course.pk)) for one in record.progress.missing()]
    return Goal(rule.certification, steps, len(rule.courses), record.last)
