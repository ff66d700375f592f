from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mentoring.development.models import DevelopmentPlan, PlanAction, PlanReview
from mentoring.models import Rotation, RotationOffer
from mentoring.rotation.models import PlannedTask, RotationTask
from tests.factories.people import DepartmentFactory, PersonFactory


class OfferFactory(DjangoModelFactory):
    """Two weeks from Monday, 6 July 2026 at the complaint desk, for one, to be applied for until 20 June."""

    class Meta:
        model = RotationOffer

    title = "投诉专席轮岗"
    department = factory.SubFactory(DepartmentFactory, name="投诉专席")
    host = factory.SubFactory(PersonFactory, name="周敏")
    begins_on = date(2026, 7, 6)
    ends_on = date(2026, 7, 17)
    apply_by = date(2026, 6, 20)


class PlannedTaskFactory(DjangoModelFactory):
    class Meta:
        model = PlannedTask

    offer = factory.SubFactory(OfferFactory)
    position = factory.Sequence(lambda n: n)
    text = "旁听五通投诉电话"
    after_days = 2


class RotationFactory(DjangoModelFactory):
    """An application of 10 June 2026; `going=True` for one that was approved."""

    class Meta:
        model = Rotation

    class Params:
        going = factory.Trait(state="approved", decided_at=datetime(2026, 6, 22, 2, tzinfo=UTC))

    offer = factory.SubFactory(OfferFactory)
    person = factory.SubFactory(PersonFactory, name="王小明")
    wish = "想学会把投诉一次闭环"
    applied_at = datetime(2026, 6, 10, 2, tzinfo=UTC)
    host = factory.SelfAttribute("offer.host")
    begins_on = factory.SelfAttribute("offer.begins_on")
    ends_on = factory.SelfAttribute("offer.ends_on")


class RotationTaskFactory(DjangoModelFactory):
    class Meta:
        model = RotationTask

    rotation = factory.SubFactory(RotationFactory, going=True)
    position = factory.Sequence(lambda n: n)
    text = "旁听五通投诉电话"
    due_on = date(2026, 7, 8)


class PlanFactory(DjangoModelFactory):
    """A plan of 2026 from June on; `agreed=True` for one that both agreed on."""

    class Meta:
        model = DevelopmentPlan

    class Params:
        agreed = factory.Trait(
            person_agreed_at=datetime(2026, 6, 2, 2, tzinfo=UTC), partner_agreed_at=datetime(2026, 6, 2, 3, tzinfo=UTC)
        )

    person = factory.SubFactory(PersonFactory, name="王小明")
    partner = factory.SubFactory(PersonFactory, name="赵主管")
    begins_on = date(2026, 6, 1)
    ends_on = date(2027, 5, 31)
    wishes = "想独立处理升级投诉"


class PlanActionFactory(DjangoModelFactory):
    """A task on the job, due on 1 August 2026."""

    class Meta:
        model = PlanAction

    plan = factory.SubFactory(PlanFactory)
    kind = "task"
    text = "每周复盘一通升级电话"
    due_on = date(2026, 8, 1)


class PlanReviewFactory(DjangoModelFactory):
    class Meta:
        model = PlanReview

    plan = factory.SubFactory(PlanFactory, agreed=True)
    due_on = date(2026, 9, 1)
