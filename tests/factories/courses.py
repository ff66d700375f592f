from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from courses.models import (
    Assignment,
    Audience,
    AudienceMember,
    Competency,
    CompetencyGroup,
    CompetencyLevel,
    Course,
    DueException,
    Enrolment,
    Item,
    Participation,
    Programme,
    ProgrammeVersion,
    Refresher,
    Stage,
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


class ProgrammeVersionFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeVersion

    number = 1
    status = factory.LazyAttribute(lambda version: version.programme.status)


class MemberFactory(DjangoModelFactory):
    """A present member of a watched audience."""

    class Meta:
        model = AudienceMember

    audience = factory.SubFactory(AudienceFactory, watched=True)
    person = factory.SubFactory(PersonFactory)
    since = datetime(2026, 6, 1, tzinfo=UTC)


class ProgrammeFactory(DjangoModelFactory):
    """A published programme without stages, and its first version; `draft=True` for one that is being written."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status="draft")

    code = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"新人培养方案 {n}")
    status = "published"
    versions = factory.RelatedFactory(ProgrammeVersionFactory, "programme")


class StageFactory(DjangoModelFactory):
    """Days 1 to 30."""

    class Meta:
        model = Stage

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"第 {n} 阶段")
    first_day = 1
    last_day = 30


class ItemFactory(DjangoModelFactory):
    """A required course."""

    class Meta:
        model = Item

    class Params:
        course = factory.SubFactory(CourseFactory)

    stage = factory.SubFactory(StageFactory)
    kind = "course"
    object_id = factory.SelfAttribute("course.pk")
    position = factory.Sequence(lambda n: n)


def add_courses(programme, *courses):
    """Put the courses into the one stage of the programme, days 1 to 30."""
    stage = programme.stages.first() or StageFactory(programme=programme)
    return [ItemFactory(stage=stage, course=course) for course in courses]


class AssignmentFactory(DjangoModelFactory):
    """A programme given to everybody on 1 June 2026, due on 1 July."""

    class Meta:
        model = Assignment

    programme = factory.SubFactory(ProgrammeFactory)
    audience = factory.SubFactory(AudienceFactory)
    assigned_on = MONDAY
    due_on = date(2026, 7, 1)
    token = factory.LazyFunction(uuid4)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    assignment = factory.SubFactory(AssignmentFactory)
    person = factory.SubFactory(PersonFactory)
    joined_on = MONDAY
    starts_on = MONDAY


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


class CompetencyGroupFactory(DjangoModelFactory):
    class Meta:
        model = CompetencyGroup

    code = factory.Sequence(lambda n: f"group-{n}")
    title = factory.Sequence(lambda n: f"软技能 {n}")
    position = factory.Sequence(lambda n: n)


class CompetencyLevelFactory(DjangoModelFactory):
    class Meta:
        model = CompetencyLevel

    number = 1
    title = "入门"
    behaviours = "- 照着提示做"


class CompetencyFactory(DjangoModelFactory):
    """A competency with two levels."""

    class Meta:
        model = Competency
        skip_postgeneration_save = True

    group = factory.SubFactory(CompetencyGroupFactory)
    code = factory.Sequence(lambda n: f"competency-{n}")
    title = factory.Sequence(lambda n: f"共情 {n}")
    position = factory.Sequence(lambda n: n)
    first = factory.RelatedFactory(CompetencyLevelFactory, "competency", number=1, title="入门")
    second = factory.RelatedFactory(CompetencyLevelFactory, "competency", number=2, title="熟练")
