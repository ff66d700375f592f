"""The plan against every possible choice of courses, and the order against the rule it follows."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.learning_paths.planning import Closing, Offer, Planned, left_open, plan
from assessments.profiles.fitting import Gap

TYPING, EMPATHY, RULES = 1, 2, 3


def gap(competency, level, need, weight=10):
    return Gap(competency, level, need, weight)


def offer(course, minutes, reaches, needs=()):
    return Offer(course, minutes, reaches, frozenset(needs))


def ids(planned):
    return [step.course_id for step in planned]


def test_one_course_that_closes_two_gaps_goes_before_two_courses():
    offers = [offer(1, 30, {TYPING: 3}), offer(2, 30, {EMPATHY: 3}), offer(3, 50, {TYPING: 3, EMPATHY: 4})]
    assert plan([gap(TYPING, 1, 3), gap(EMPATHY, 0, 3)], offers) == [
        Planned(3, 50, (Closing(TYPING, 1, 3, 3, 10), Closing(EMPATHY, 0, 3, 3, 10)))
    ]


def test_two_short_courses_go_before_a_long_one():
    offers = [offer(1, 20, {TYPING: 3}), offer(2, 20, {EMPATHY: 3}), offer(3, 50, {TYPING: 3, EMPATHY: 3})]
    assert sorted(ids(plan([gap(TYPING, 1, 3), gap(EMPATHY, 0, 3)], offers))) == [1, 2]


def test_of_equal_minutes_the_fewest_courses():
    offers = [offer(1, 20, {TYPING: 3}), offer(2, 20, {EMPATHY: 3}), offer(3, 40, {TYPING: 3, EMPATHY: 3})]
    assert ids(plan([gap(TYPING, 1, 3), gap(EMPATHY, 0, 3)], offers)) == [3]


def test_what_a_course_needs_comes_first_and_counts_to_its_price():
    offers = [offer(1, 10, {TYPING: 3}, [2]), offer(2, 15, {}), offer(3, 30, {TYPING: 3})]
    assert plan([gap(TYPING, 2, 3)], offers) == [Planned(2, 15), Planned(1, 10, (Closing(TYPING, 2, 3, 3, 10),))]
    assert ids(plan([gap(TYPING, 2, 3)], [*offers[:2], offer(3, 24, {TYPING: 3})])) == [3]


def test_a_course_whose_first_part_is_not_offered_is_left_out():
    assert plan([gap(TYPING, 2, 3)], [offer(1, 10, {TYPING: 3}, [2]), offer(2, 10, {}, [9])]) == []


def test_a_gap_is_raised_as_far_as_courses_go_and_the_rest_is_named():
    gaps = [gap(TYPING, 1, 4), gap(EMPATHY, 0, 2)]
    planned = plan(gaps, [offer(1, 10, {TYPING: 3})])
    assert planned == [Planned(1, 10, (Closing(TYPING, 1, 3, 4, 10),))]
    assert left_open(gaps, planned) == [gap(TYPING, 3, 4), gap(EMPATHY, 0, 2)]


@pytest.mark.parametrize("reaches", [{TYPING: 2}, {EMPATHY: 5}, {}], ids=["no higher", "another", "nothing"])
def test_a_course_that_raises_nothing_is_not_taken(reaches):
    assert plan([gap(TYPING, 2, 3)], [offer(1, 10, reaches)]) == []


def test_no_gap_no_course():
    assert plan([], [offer(1, 10, {TYPING: 3})]) == []


def test_most_weight_an_hour_comes_first():
    """Smith's ratio: 40 % in 60 minutes goes before 30 % in 30 minutes only if it is more a minute."""
    gaps = [gap(TYPING, 0, 1, 40), gap(EMPATHY, 0, 1, 30), gap(RULES, 0, 1, 5)]
    offers = [offer(1, 60, {TYPING: 1}), offer(2, 30, {EMPATHY: 1}), offer(3, 4, {RULES: 1})]
    assert ids(plan(gaps, offers)) == [3, 2, 1]


def test_a_dull_first_part_does_not_keep_back_a_good_second_one():
    gaps = [gap(TYPING, 0, 1, 90), gap(EMPATHY, 0, 1, 10)]
    offers = [offer(1, 10, {TYPING: 1}, [3]), offer(2, 10, {EMPATHY: 1}), offer(3, 5, {})]
    assert ids(plan(gaps, offers)) == [3, 1, 2]


def test_each_course_says_what_it_raises_itself():
    """A first course takes typing to 2 on the way; the second one from 2 to 3, not again from 1."""
    gaps = [gap(TYPING, 1, 3, 60), gap(EMPATHY, 0, 1, 40)]
    offers = [offer(1, 10, {EMPATHY: 1, TYPING: 2}), offer(2, 60, {TYPING: 3})]
    assert [step.closes for step in plan(gaps, offers)] == [
        (Closing(TYPING, 1, 2, 3, 60), Closing(EMPATHY, 0, 1, 1, 40)),
        (Closing(TYPING, 2, 3, 3, 60),),
    ]


@st.composite
def cases(draw):
    """Up to four gaps and six courses; a course needs only courses before it, so that there is no loop."""
    gaps = [gap(pk, draw(st.integers(0, 2)), 3, draw(st.integers(1, 50))) for pk in range(draw(st.integers(1, 4)))]
    offers = []
    for pk in range(10, 10 + draw(st.integers(1, 6))):
        reaches = draw(st.dictionaries(st.integers(0, 3), st.integers(1, 4), max_size=3))
        needs = draw(st.sets(st.sampled_from([each.course_id for each in offers]), max_size=2)) if offers else set()
        offers.append(offer(pk, draw(st.integers(1, 90)), reaches, needs))
    return gaps, offers


def best_by_hand(gaps, offers):
    """The least minutes over every set of courses that is closed under what they need and reaches what all reach."""

    def levels(taken):
        return [
            max([each.level, *(min(o.reaches.get(each.competency_id, 0), each.need) for o in taken)]) for each in gaps
        ]

    goal = levels(offers)
    best = None
    for size in range(len(offers) + 1):
        for taken in combinations(offers, size):
            known = {each.course_id for each in taken}
            if all(each.needs <= known for each in taken) and levels(taken) == goal:
                price = sum(each.minutes for each in taken)
                best = price if best is None else min(best, price)
    return best


@settings(max_examples=50, deadline=None)
@given(cases())
def test_no_other_choice_of_courses_is_shorter(case):
    gaps, offers = case
    planned = plan(gaps, offers)
    assert sum(step.minutes for step in planned) == best_by_hand(gaps, offers)
    known = {each.course_id: each for each in offers}
    order = ids(planned)
    assert len(set(order)) == len(order)
    for place, course in enumerate(order):
        assert known[course].needs <= set(order[:place])
