from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mentoring.models import CareerStep, Nomination, Reserve, StepCompetency
from tests.factories.people import PersonFactory, PositionFactory

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)  # Monday, 1 June 2026 in Shanghai


class StepFactory(DjangoModelFactory):
    """客服专员 P2 → 高级客服专员 P3, which asks nothing; `competencies` and `certifications` are what it asks."""

    class Meta:
        model = CareerStep

    from_position = factory.SubFactory(PositionFactory, name="客服专员")
    from_grade = "P2"
    to_position = factory.SubFactory(PositionFactory, name="高级客服专员")
    to_grade = "P3"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        competencies, certifications = kwargs.pop("competencies", {}), kwargs.pop("certifications", [])
        step = super()._create(model_class, *args, **kwargs)
        step.certifications.set(certifications)
        for competency, level in competencies.items():
            StepCompetency.objects.create(step=step, competency=competency, level=level)
        return step


class ReserveFactory(DjangoModelFactory):
    class Meta:
        model = Reserve

    person = factory.SubFactory(PersonFactory, name="王小明")
    step = factory.SubFactory(StepFactory)
    readiness = "year"
    note = "投诉处理再练半年"
    listed_on = date(2026, 6, 1)


class NominationFactory(DjangoModelFactory):
    """Made at noon of Monday, 1 June 2026 and open; `approved` for 1 July."""

    class Meta:
        model = Nomination

    class Params:
        approved = factory.Trait(state="approved", decided_at=NOON, effective_on=date(2026, 7, 1))

    person = factory.SubFactory(PersonFactory, name="王小明")
    step = factory.SubFactory(StepFactory)
    nominated_by = factory.SubFactory(PersonFactory, name="李主管")
    nominated_at = NOON
    reason = "连续三个月质检第一"
