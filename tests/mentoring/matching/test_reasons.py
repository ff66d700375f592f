"""The words of proposals, of who is left over, of what others cost."""

import pytest
from django.utils import translation

from mentoring.matching import barriers, reasons
from mentoring.pairings.checks import PairingProblem

NAMES = {1: "同理心", 2: "投诉闭环", 3: "打字速度", 4: "平台规则", 5: "话术"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closed": [], "of": None}, "no role profile, so that no gap is known"),
        ({"closed": [], "of": 0}, "has no gap"),
        ({"closed": [], "of": 4}, "0 of 4 gaps"),
        ({"closed": [1, 2, 3], "of": 4}, "3 of 4 gaps: 同理心, 投诉闭环, 打字速度"),
        ({"closed": [1, 2, 3, 4, 5], "of": 5}, "5 of 5 gaps: 同理心, 投诉闭环, 打字速度, 平台规则 …"),
        ({"closed": [9], "of": 1}, "1 of 1 gaps"),
    ],
)
def test_gaps_are_counted_and_named(facts, words):
    assert reasons.words("gaps", facts, NAMES) == words


@pytest.mark.parametrize(
    ("part", "facts", "words"),
    [
        ("load", {"guides": 1, "capacity": 3, "nth": 1}, "guides 1 of 3"),
        ("load", {"guides": 1, "capacity": 3, "nth": 2}, "guides 1 of 3, number 2 of this round"),
        ("wishes", {"mentee": None, "mentor": None}, "nothing was wished"),
        ("wishes", {"mentee": 1, "mentor": None}, "the mentee's wish no. 1"),
        ("wishes", {"mentee": 1, "mentor": 0}, "the mentee's wish no. 1, the mentor would rather not"),
        ("closeness", {"steps": 0}, "the same team"),
        ("closeness", {"steps": 1}, "the team above or below"),
        ("closeness", {"steps": 4}, "4 steps apart in the organisation"),
        ("merit", {"months": 1, "rating": None, "rated": 2}, "1 month in the company"),
        ("merit", {"months": 30, "rating": 4.5, "rated": 3}, "30 months in the company, 4.5 of 5 stars from 3 mentees"),
    ],
)
def test_each_part_says_what_it_rests_on(part, facts, words):
    assert reasons.words(part, facts, NAMES) == words


def test_what_both_share_is_said_at_the_end_and_parts_without_weight_not_at_all():
    parts = {
        "load": {"guides": 0, "capacity": 2, "nth": 1, "weight": 20.0, "value": 100.0},
        "wishes": {"mentee": None, "mentor": None, "weight": 20.0, "value": 50.0},
        "closeness": {"steps": 0, "weight": 0.0, "value": 100.0},
        "shared": {"shifts": ["early"], "languages": ["cmn", "eng"]},
    }

    assert reasons.said(parts, {}) == ["guides 0 of 2", "both: Early shift", "both speak Mandarin, English"]
    assert [(row["points"], row["value"]) for row in reasons.rows(parts, {})] == [(20, 100), (10, 50)]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({}, ""),
        ({"why": "by_hand"}, "Left out by hand."),
        ({"why": "no_pool"}, "There is no mentor in the pool."),
        (
            {"why": "rules", "pool": 9, "failed": {"line_manager": 1, "no_shared_shift": 8}},
            "None of the 9 mentors in the pool fits: 8 × no shared shift, 1 × leads the mentee.",
        ),
        (
            {"why": "no_place", "possible": 2, "places": 3, "mentees": 9, "of": 7},
            "No place left: 9 mentees, 7 places.",
        ),
        (
            {"why": "no_place", "possible": 1, "places": 1, "mentees": 5, "of": 7},
            "No place left: the 1 mentor who fits has 1 places, and others need them more.",
        ),
    ],
)
def test_who_is_left_over_is_told_why(reason, words):
    assert reasons.why_left(reason) == words


@pytest.mark.parametrize(
    ("people", "points", "words"),
    [
        (0, 0.0, "costs nothing"),
        (0, 12.34, "costs 12.3 points"),
        (0, 12.0, "costs 12 points"),
        (0, -3.5, "gains 3.5 points"),
        (1, 4.0, "1 person more without a mentor"),
        (-1, 0.0, "1 person fewer without a mentor"),
    ],
)
def test_what_another_mentor_costs_is_said(people, points, words):
    assert reasons.cost({"people": people, "points": points}) == words


def test_every_barrier_has_words():
    codes = [str(code) for code in [*PairingProblem, *barriers.RoundProblem]]

    assert [code for code in codes if reasons.barrier(code) == code] == []
