from datetime import date

import factory
from factory.django import DjangoModelFactory

from mentoring.models import CheckIn, MentorCompetency, MentorProfile, NextStep, Pairing
from tests.factories.courses import MONDAY
from tests.factories.people import PersonFactory


class MentorProfileFactory(DjangoModelFactory):
    """A mentor for two mentees; `competencies` are what he or she guides in, `full=True` takes all places."""

    class Meta:
        model = MentorProfile

    person = factory.SubFactory(PersonFactory, name="李静")
    capacity = 2

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        competencies, full = kwargs.pop("competencies", []), kwargs.pop("full", False)
        profile = super()._create(model_class, *args, **kwargs)
        for competency in competencies:
            MentorCompetency.objects.create(profile=profile, competency=competency)
        for _ in range(profile.capacity if full else 0):
            PairingFactory(mentor=profile.person)
        return profile


class PairingFactory(DjangoModelFactory):
    """An open pairing since Monday, 1 June 2026; `ended=True` for one that reached its goal on 1 July."""

    class Meta:
        model = Pairing

    class Params:
        ended = factory.Trait(ended_on=date(2026, 7, 1), end_reason="reached")

    mentor = factory.SubFactory(PersonFactory, name="李静")
    mentee = factory.SubFactory(PersonFactory, name="王小明")
    goal = "四周内独立处理退换货工单"
    started_on = MONDAY


class NextStepFactory(DjangoModelFactory):
    class Meta:
        model = NextStep

    text = "独立处理简单退货"


class CheckInFactory(DjangoModelFactory):
    """Planned for Monday, 8 June 2026; `held=True` for one that was held that day, with one next step."""

    class Meta:
        model = CheckIn
        skip_postgeneration_save = True

    class Params:
        held = factory.Trait(
            held_on=factory.SelfAttribute("due_on"),
            note="一起旁听了十通电话",
            progress=3,
            step=factory.RelatedFactory(NextStepFactory, factory_related_name="checkin"),
        )

    pairing = factory.SubFactory(PairingFactory)
    due_on = date(2026, 6, 8)
