from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from mentoring.evaluations.models import ASKED
from mentoring.models import Evaluation, EvaluationMark, PairingGoal
from tests.factories.courses import MONDAY
from tests.factories.job_plans import JobPlanFactory
from tests.factories.mentoring import PairingFactory

HALF = datetime(2026, 6, 15, 4, tzinfo=UTC)


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = PairingGoal

    text = factory.Sequence(lambda n: f"独立处理退货 {n}")
    by_day = MONDAY + timedelta(days=14)


class PlannedPairingFactory(PairingFactory):
    """A pairing with a plan of four weeks, of which the check-ins asked for are one; agreed on by both if `agreed`."""

    class Params:
        agreed = factory.Trait(mentor_agreed_at=HALF, mentee_agreed_at=HALF)

    plan = factory.SubFactory(
        JobPlanFactory,
        mentee=factory.SelfAttribute("..mentee"),
        started_on=factory.SelfAttribute("..started_on"),
        least_checkins=1,
    )
    planned_end = factory.LazyAttribute(lambda pairing: pairing.plan.ends_on)


class EvaluationFactory(DjangoModelFactory):
    """What the mentee says at half-time, four stars for everything; `side="mentor"` for the other."""

    class Meta:
        model = Evaluation
        skip_postgeneration_save = True

    pairing = factory.SubFactory(PlannedPairingFactory)
    side = "mentee"
    moment = "half"
    by = factory.LazyAttribute(lambda e: e.pairing.mentee if e.side == "mentee" else e.pairing.mentor)
    at = HALF
    stars = 4

    @factory.post_generation
    def marks(self, *_given, **_kwargs):
        EvaluationMark.objects.bulk_create(
            EvaluationMark(evaluation=self, criterion=criterion, stars=self.stars) for criterion in ASKED[self.side]
        )
