"""What speaks for a pair: each part from 0 to 100, and what it rests on."""

from datetime import date

import pytest

from mentoring.job_plans.models import Side
from mentoring.matching import explaining
from mentoring.matching.facts import gather
from mentoring.matching.models import MatchingRound
from mentoring.models import Evaluation, Wish
from tests.factories.learning_paths import NOON, has_level
from tests.factories.mentoring import PairingFactory

ON = date(2026, 6, 1)


def facts_of(mentees, mentors, **criteria):
    return gather([p.pk for p in mentees], [p.pk for p in mentors], MatchingRound(**criteria), on=ON)


def told(facts, column=0, nth=0):
    """The first mentee's proposal with the mentor of the column."""
    return explaining.proposal(facts, facts.task([1] * len(facts.known.mentors), {}), 0, column, nth)


def test_a_mentor_covers_what_hr_says_or_the_level_shows(mentee, mentor, skills):
    person = mentee()
    has_level(person, skills["empathy"], 2)  # lacks half of 50, all of 30 and all of 20
    declared, measured, half = mentor("李静", "empathy"), mentor("周敏"), mentor("赵磊")
    has_level(measured, skills["complaints"], 4)
    has_level(half, skills["empathy"], 3)

    facts = facts_of([person], [declared, measured, half])

    assert facts.parts.gaps[0].round(2).tolist() == [33.33, 40.0, 16.67]
    assert told(facts, 1)["gaps"] == {
        "value": 40.0,
        "weight": 40.0,
        "closed": [skills["complaints"].pk],
        "of": 3,
    }


def test_without_a_profile_no_gap_is_known(mentee, mentor):
    facts = facts_of([mentee(position=None)], [mentor("李静", "empathy")])

    assert facts.parts.gaps.tolist() == [[50.0]]
    assert told(facts)["gaps"]["of"] is None


def test_who_meets_the_profile_has_no_gap_and_loses_nothing_by_it(mentee, mentor, skills):
    person = mentee()
    for code in skills:
        has_level(person, skills[code], 5)

    facts = facts_of([person], [mentor("李静", "empathy")])

    assert told(facts)["gaps"] == {"value": 50.0, "weight": 40.0, "closed": [], "of": 0}


@pytest.mark.parametrize(
    ("of_mentee", "of_mentor", "value"),
    [
        (None, None, 50),
        (1, None, 75),
        (1, 1, 100),
        (3, None, 60),
        (0, None, 25),
        (0, 0, 0),
        (1, 0, 50),
        (None, 2, 67.5),
    ],
)
def test_wishes_of_both_sides_are_averaged(mentee, mentor, of_mentee, of_mentor, value):
    person, other = mentee(), mentor()
    if of_mentee is not None:
        Wish.objects.create(person=person, other=other, side=Side.MENTEE, rank=of_mentee)
    if of_mentor is not None:
        Wish.objects.create(person=other, other=person, side=Side.MENTOR, rank=of_mentor)

    facts = facts_of([person], [other])

    assert facts.parts.wishes.tolist() == [[value]]
    assert told(facts)["wishes"] == {"value": value, "weight": 20.0, "mentee": of_mentee, "mentor": of_mentor}


@pytest.mark.parametrize(
    ("department", "value", "steps"), [("disputes", 100, 0), ("care", 75, 1), ("sales", 25, 3), (None, 0, 4)]
)
def test_the_nearer_in_the_organisation_the_more(mentee, mentor, department, value, steps):
    facts = facts_of([mentee()], [mentor(department=department)])

    assert facts.parts.closeness.tolist() == [[value]]
    assert told(facts)["closeness"]["steps"] == steps


@pytest.mark.parametrize(("hired", "value"), [(date(2024, 1, 1), 100), (date(2025, 6, 1), 45.8), (None, 0)])
def test_two_years_in_the_company_are_full_experience(mentee, mentor, hired, value):
    assert told(facts_of([mentee()], [mentor(hired_on=hired)]))["merit"]["value"] == value


@pytest.mark.parametrize(("numbers", "value", "rating"), [(2, 100, None), (3, 75, 3.0)])
def test_stars_count_half_from_three_mentees_on(mentee, mentor, numbers, value, rating):
    guide = mentor()
    for _ in range(numbers):
        pairing = PairingFactory(mentor=guide, ended=True)
        said = {"moment": "end", "side": Side.MENTEE, "by": pairing.mentee, "at": NOON, "stars": 3}
        Evaluation.objects.create(pairing=pairing, **said)

    merit = told(facts_of([mentee()], [guide]))["merit"]

    assert merit == {"value": value, "weight": 10.0, "months": 28, "rating": rating, "rated": numbers}


def test_a_place_is_worth_what_is_free_before_it_is_taken(mentee, mentor):
    facts = facts_of([mentee()], [mentor(load=1, capacity=4)])

    assert [told(facts, nth=nth)["load"]["value"] for nth in (0, 1, 2)] == [75, 50, 25]
    assert told(facts, nth=1)["load"] == {"value": 50.0, "weight": 20.0, "guides": 1, "nth": 2, "capacity": 4}


def test_the_score_is_the_parts_by_their_weights(mentee, mentor):
    facts = facts_of([mentee()], [mentor("李静", "empathy")], gaps=60, load=0, wishes=0, closeness=20, merit=20)
    task = facts.task([1], {})

    assert explaining.score(facts, task, 0, 0, 0) == 0.6 * 50 + 20 + 20
    assert round(facts.share("gaps")) == 60


def test_weights_need_not_make_a_hundred(mentee, mentor):
    facts = facts_of([mentee()], [mentor("李静", "empathy")], gaps=10, load=0, wishes=0, closeness=10, merit=0)

    assert explaining.score(facts, facts.task([1], {}), 0, 0, 0) == 75


def test_shared_shifts_and_languages_are_told(mentee, mentor):
    person = mentee(shifts=["early", "late"], languages=["cmn"])

    facts = facts_of([person], [mentor(shifts=["early"], languages=["cmn", "yue"])])

    assert told(facts)["shared"] == {"shifts": ["early"], "languages": ["cmn"]}
