"""On which days evaluations are given, whatever the plan and the rule."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.evaluations.due import given_in, half_time, open_for, window, with_given
from mentoring.evaluations.models import Moment
from mentoring.models import GuidanceRule, Pairing
from tests.factories.courses import MONDAY
from tests.factories.pairings import EvaluationFactory

DAY = timedelta(days=1)
EVERYTHING = {(side, moment) for side in ("mentee", "mentor") for moment in ("half", "end")}


def planned(days):
    return Pairing(pk=1, started_on=MONDAY, planned_end=MONDAY + days * DAY)


@settings(max_examples=50)
@given(days=st.integers(0, 300), within=st.integers(1, 60), after=st.integers(-5, 400))
def test_what_is_open_lies_in_its_window_and_never_before_the_beginning(days, within, after):
    pairing, rule, on = planned(days), GuidanceRule(evaluate_within=within), MONDAY + after * DAY

    asked = {moment for _side, moment in open_for(pairing, on, rule, [])}

    for moment in Moment:
        first, last = window(pairing, moment, rule)
        assert (moment in asked) == (first <= on and (last is None or on <= last))
    assert MONDAY <= window(pairing, Moment.HALF_TIME, rule)[0] <= half_time(pairing) <= pairing.planned_end


@settings(max_examples=50)
@given(
    days=st.integers(0, 300),
    within=st.integers(1, 60),
    after=st.integers(0, 400),
    there=st.sets(st.sampled_from(sorted(EVERYTHING))),
)
def test_nothing_is_asked_twice(days, within, after, there):
    rule, on = GuidanceRule(evaluate_within=within), MONDAY + after * DAY

    asked = {(str(side), str(moment)) for side, moment in open_for(planned(days), on, rule, there)}

    everything = {(str(side), str(moment)) for side, moment in open_for(planned(days), on, rule, [])}
    assert asked == everything - there


def test_half_time_stands_in_the_middle_of_the_plan_and_moves_with_it(pairing):
    before = half_time(pairing)
    pairing.plan.ends_on += 14 * DAY

    assert half_time(pairing) == before + 7 * DAY


def test_what_was_given_comes_with_the_pairing(pairing):
    EvaluationFactory(pairing=pairing)
    EvaluationFactory(pairing=pairing, side="mentor", moment="end")
    EvaluationFactory()

    assert given_in(with_given(Pairing.objects.filter(pk=pairing.pk)).get()) == {("mentee", "half"), ("mentor", "end")}
