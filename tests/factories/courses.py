from datetime import date
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from courses.models import (
    Assignment,
    Audience,
    Course,
    DueException,
    Enrolment,
    Programme,
    ProgrammeCourse,
    Refresher,
    Topic,
    Unit,
)
from tests.factories.people import PersonFactory

MONDAY = date(2026, 6, 1)


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    title = "平台规则"


class CourseFactory(DjangoModelFactory):
    """A published course without units; `draft=True` for one that is still being written."""

    class Meta:
        model = Course

    class Params:
        draft = factory.Trait(status="draft")

    topic = factory.SubFactory(TopicFactory)
    code = factory.Sequence(lambda n: f"course-{n}")
    title = factory.Sequence(lambda n: f"七天无理由退货 {n}")
    status = "published"


class UnitFactory(DjangoModelFactory):
    """An article; `kind="quiz"` for a quiz."""

    class Meta:
        model = Unit

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda n: f"unit-{n}")
    position = factory.Sequence(lambda n: n)
    kind = "article"
    title = factory.Sequence(lambda n: f"第 {n} 单元")
    body = "先看订单，再回答客户。"
    minutes = 10


class EnrolmentFactory(DjangoModelFactory):
    """An open enrolment without a deadline, given on Monday, 1 June 2026."""

    class Meta:
        model = Enrolment

    person = factory.SubFactory(PersonFactory)
    course = factory.SubFactory(CourseFactory)
    assigned_on = MONDAY


class AudienceFactory(DjangoModelFactory):
    """A saved audience without a condition: everybody."""

    class Meta:
        model = Audience

    name = factory.Sequence(lambda n: f"人群 {n}")
    conditions = factory.LazyFunction(list)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"新人培养方案 {n}")


class ProgrammeCourseFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeCourse

    programme = factory.SubFactory(ProgrammeFactory)
    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda n: n)


class AssignmentFactory(DjangoModelFactory):
    """A programme given to everybody on 1 June 2026, due on 1 July."""

    class Meta:
        model = Assignment

    programme = factory.SubFactory(ProgrammeFactory)
    audience = factory.SubFactory(AudienceFactory)
    assigned_on = MONDAY
    due_on = date(2026, 7, 1)
    token = factory.LazyFunction(uuid4)


class DueExceptionFactory(DjangoModelFactory):
    class Meta:
        model = DueException

    assignment = factory.SubFactory(AssignmentFactory)
    person = factory.SubFactory(PersonFactory)
    computed_on = date(2026, 5, 1)
    reason = "due_in_past"


class RefresherFactory(DjangoModelFactory):
    """Monthly, from 1 June 2026, for everybody, with 14 days to complete."""

    class Meta:
        model = Refresher

    title = factory.Sequence(lambda n: f"每月复训 {n}")
    course = factory.SubFactory(CourseFactory)
    audience = factory.SubFactory(AudienceFactory)
    rrule = "FREQ=MONTHLY"
    starts_on = MONDAY
    days_to_complete = 14
    runs_from = factory.SelfAttribute("starts_on")
