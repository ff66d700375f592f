from datetime import date

import factory
from factory.django import DjangoModelFactory

from analytics.metrics.actions import ensure_metrics
from analytics.models import Metric, Reading
from assessments.models import Attempt, Quiz
from tests.factories.courses import UnitFactory


def ready_metrics():
    """The ready metrics by code, also after a browser test has emptied the tables."""
    ensure_metrics()
    return {metric.code: metric for metric in Metric.objects.all()}


class ReadingFactory(DjangoModelFactory):
    """A satisfaction reading: 9 of 10 on a fixed day, where the person is."""

    class Meta:
        model = Reading

    metric = factory.LazyFunction(lambda: ready_metrics()["satisfaction"])
    department = factory.LazyAttribute(lambda reading: reading.person.department)
    day = date(2026, 3, 2)
    numerator = 9
    denominator = 10
    sample_size = 10
    source = "test"


def row(person=None, *, metric="satisfaction", day=date(2026, 3, 2), numerator="9", denominator="10", **more):
    """A row as systems send it, about the person."""
    whose = {"employee_number": person.employee_number} if person else {}
    return {"metric": metric, **whose, "day": day, "numerator": numerator, "denominator": denominator, **more}


def quiz_of(course, pass_mark=80):
    """The quiz of the course's only quiz unit."""
    unit = course.units.filter(kind="quiz").first() or UnitFactory(course=course, kind="quiz")
    return Quiz.objects.get_or_create(unit=unit, defaults={"pass_mark": pass_mark})[0]


def attempt(enrolment, score, *, at, number=1, pass_mark=80):
    """A graded attempt, handed in at the moment."""
    return Attempt.objects.create(
        quiz=quiz_of(enrolment.course, pass_mark),
        person=enrolment.person,
        enrolment=enrolment,
        number=number,
        state="graded",
        pass_mark=pass_mark,
        started_at=at,
        submitted_at=at,
        score=score,
        passed=score >= pass_mark,
    )
