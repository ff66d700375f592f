"""Whose band judges which cohort, and that it stays so."""

from datetime import date

import pytest

from mentoring.models import Ramp, RampBand
from mentoring.ramp.judging import judging_cohort
from mentoring.ramp.models import SETTLED
from mentoring.ramp.person import ramp_of
from tests.mentoring.ramp.conftest import APRIL, JANUARY
from tests.mentoring.ramp.test_actions import facts

JULY = date(2026, 7, 6)
QUARTERS = {  # the day of the first contact, and what those six show once they are settled
    JANUARY: [60] * 9 + [80] * 21,
    APRIL: [60] * 4 + [85] * 26,
    JULY: [60] * 2 + [95] * 28,
}


@pytest.fixture
def quarters(rule, newcomer):
    """Three cohorts of six, each better than the one before."""
    return {first: [newcomer(f"{first:%m}月{n}", first, shown) for n in range(6)] for first, shown in QUARTERS.items()}


def settled_lows():
    return dict(RampBand.objects.filter(day=SETTLED).values_list("cohort", "low"))


def test_each_cohort_is_judged_by_those_who_began_before_it(quarters, reckoned):
    reckoned(date(2026, 10, 1))

    lows = settled_lows()
    assert lows == {date(2026, 4, 1): 80, date(2026, 7, 1): 80, date(2026, 10, 1): 80}
    assert dict(RampBand.objects.filter(day=SETTLED).values_list("cohort", "people")) == {
        date(2026, 4, 1): 6,
        date(2026, 7, 1): 12,
        date(2026, 10, 1): 18,
    }
    days = [facts(people[0])[2] for people in quarters.values()]
    assert days == [12, 7, 4]  # the first day whose three make 80: of 80, of 85 and of 95


@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2027, 1, 1), date(2028, 3, 31)], ids=["next", "year", "last"])
def test_old_cohorts_stay_as_they_are_when_a_quarter_begins(quarters, newcomer, reckoned, on):
    for n in range(6):
        newcomer(f"新秀{n}", date(2026, 8, 3), [99] * 30)
    reckoned(date(2026, 9, 30))
    before = {person: facts(person) for people in quarters.values() for person in people}
    bands = list(RampBand.objects.order_by("cohort", "day").values_list("cohort", "day", "low", "high", "people"))

    reckoned(on)

    assert {person: facts(person) for person in before} == before
    assert RampBand.objects.filter(cohort__gt=date(2026, 7, 1)).exists()
    old = RampBand.objects.filter(cohort__lte=date(2026, 7, 1)).order_by("cohort", "day")
    assert list(old.values_list("cohort", "day", "low", "high", "people")) == bands


def test_people_from_before_the_oldest_cohort_make_its_band_but_have_no_ramp(rule, quarters, reckoned):
    rule.cohort_months = 3
    rule.save()

    reckoned(date(2026, 9, 30))

    assert settled_lows() == {date(2026, 4, 1): 80, date(2026, 7, 1): 85}  # each of the quarter before alone
    assert Ramp.objects.count() == 12
    assert facts(quarters[JANUARY][0]) is None


@pytest.mark.parametrize(
    ("cohort", "by"),
    [(0, 2), (1, 2), (2, 2), (3, 2), (4, 4), (5, 4)],
    ids=["first", "second", "own", "gap", "own later", "after"],
)
def test_first_cohorts_take_the_earliest_band_and_later_ones_the_last_before(cohort, by):
    days = [date(2025 + n // 4, 3 * (n % 4) + 1, 1) for n in range(6)]

    assert judging_cohort(days[cohort], [days[4], days[2]]) == days[by]
    assert judging_cohort(days[cohort], []) is None


def test_page_judges_by_the_band_of_the_cohort(rule, quarters, reckoned):
    reckoned(date(2026, 10, 1))

    found = {first: ramp_of(people[0].ramp, rule) for first, people in quarters.items()}

    assert {first: one.figures[0].settled.people for first, one in found.items()} == {JANUARY: 6, APRIL: 6, JULY: 12}
    assert {first: one.borrowed for first, one in found.items()} == {JANUARY: ["2026 年 2 季度"], APRIL: [], JULY: []}
    assert {first: one.run[0] for first, one in found.items()} == {JANUARY: 12, APRIL: 7, JULY: 4}
    assert found[JULY].figures[0].bands[10].high > 80 == found[APRIL].figures[0].bands[12].high
