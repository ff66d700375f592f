import pytest

from mentoring.careers.actions import Asked, LoopRefused, Way, retire_step, save_step
from mentoring.models import CareerStep, Nomination, Reserve
from tests.factories.assessments import CertificationFactory
from tests.factories.careers import NOON, NominationFactory, ReserveFactory, StepFactory
from tests.factories.courses import CompetencyFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice


@pytest.fixture
def draw(jobs):
    """`draw("A P1", "B", points=100)` makes the step from 客服专员 P1 to 高级客服专员 of every grade."""

    def make(begin, end, step=None, *, track="professional", **asked):
        (a, ga), (b, gb) = [((*text.split(), "")[:2]) for text in (begin, end)]
        return save_step(step, Way(jobs[a], ga, jobs[b], gb), Asked(**asked), track=track)

    return make


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.field, caught.value.code


def test_a_step_is_kept_with_all_that_it_asks(draw):
    competency, certificate = CompetencyFactory(), CertificationFactory()
    asked = {"fit": 80, "points": 300, "months": 12, "appraisal": 75}

    step = draw("A P1", "B", track="leadership", certifications=[certificate], competencies=[(competency, 2)], **asked)

    found = CareerStep.objects.get()
    assert (str(found), found.track, found) == ("客服专员 P1 → 高级客服专员", "leadership", step)
    assert {name: getattr(found, name) for name in asked} == asked
    assert list(found.certifications.all()) == [certificate]
    assert list(found.competencies.values_list("competency", "level")) == [(competency.pk, 2)]


def test_what_a_step_asks_is_changed_and_the_trail_keeps_what_differs(draw):
    first, second, third = CompetencyFactory.create_batch(3)
    step = draw("A P1", "B", points=300, competencies=[(first, 2), (second, 2)])

    draw("A P1", "B", step, months=6, competencies=[(second, 1), (third, 1)])

    step = CareerStep.objects.get()
    asked = list(step.competencies.order_by("competency").values_list("competency", "level"))
    assert (step.points, step.months, asked) == (None, 6, [(second.pk, 1), (third.pk, 1)])


def test_a_cycle_is_refused_with_the_positions_that_form_it(draw):
    draw("A P1", "B")
    draw("B P3", "C")

    with pytest.raises(LoopRefused) as caught:
        draw("C M1", "A P1")

    assert caught.value.jobs == ["组长 M1", "客服专员 P1", "高级客服专员", "组长 M1"]
    assert "组长 M1 → 客服专员 P1 → 高级客服专员 → 组长 M1" in str(caught.value.message)
    assert CareerStep.objects.count() == 2


def test_a_changed_step_is_measured_against_the_others_not_against_itself(draw):
    step = draw("A P1", "B P3")
    draw("C", "A P1")

    draw("B P3", "A P2", step)
    assert refusal(draw, "A P1", "C P1", step) == ("to_position", "career_loop")


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        ("A P1", "A P1", "step_to_itself"),
        ("A P1", "A", "step_to_itself"),
        ("A", "A P2", "step_to_itself"),
        ("A P1", "B P3", "step_twice"),
    ],
)
def test_a_step_to_itself_and_a_step_twice_are_refused(draw, begin, end, code):
    draw("A P1", "B P3")

    assert refusal(draw, begin, end) == ("to_position", code)


def test_where_a_retired_step_led_a_new_one_may_lead_back(draw):
    step = draw("A P1", "B P3")
    retire_step(step, at=NOON)

    assert str(draw("B P3", "A P1")) == "高级客服专员 P3 → 客服专员 P1"
    assert refusal(draw, "A P1", "B P3", step) == (None, "step_retired")


def test_what_is_no_level_of_a_competency_in_use_is_refused(draw):
    competency = CompetencyFactory()
    retired = CompetencyFactory(retired_at=NOON)

    for rows, code in [
        ([(competency, 3)], "level_unknown"),
        ([(competency, 1), (competency, 2)], "competency_twice"),
        ([(retired, 1)], "competency_retired"),
    ]:
        assert refusal(draw, "A", "B", competencies=rows) == ("competencies", code)
    assert CareerStep.objects.count() == 0


def test_a_step_for_which_somebody_was_nominated_stays_between_its_jobs(draw, jobs):
    step = draw("A P1", "B P3")
    NominationFactory(step=step, state="declined", decided_at=NOON)

    assert refusal(draw, "A P1", "C", step) == ("to_position", "step_used")
    assert draw("A P1", "B P3", step, points=500).points == 500


def test_retiring_a_step_closes_what_waits_for_it_and_clears_its_reserve_list(db):
    step = StepFactory()
    waiting, coming = NominationFactory(step=step), NominationFactory(step=step, approved=True)
    listed = ReserveFactory(step=step)

    retire_step(step, at=NOON)
    retire_step(step, at=NOON.replace(hour=9))

    states = dict(Nomination.objects.values_list("pk", "state"))
    assert states == {waiting.pk: "lapsed", coming.pk: "approved"}
    assert (CareerStep.objects.get().retired_at, Reserve.objects.listed().count()) == (NOON, 0)
    assert Reserve.objects.get().removed_reason == "该阶梯已停用。"
    assert list(Notice.objects.values_list("person", "kind")) == [(waiting.nominated_by_id, "nomination_lapsed")]
    assert listed.removed_at is None  # the caller's own object is no door
