from datetime import date

import pytest
from django.utils import translation

from courses.planning.quarters import Quarter
from mentoring.models import Ramp, RampRule
from mentoring.ramp.cohorts import Cohort, Comparison, Course, Overview, name_of, overview, quarters
from tests.factories.people import PersonFactory
from trainingsite.core.days import start_of

FIRST = date(2026, 1, 12)


def cohort(*went, horizon=30, name="2026 年 1 季度"):
    """Days and what came of them: a number is the day of proficiency, "12 left", "12 going", "30 beyond"."""
    people = []
    for each in went:
        days, _, word = str(each).partition(" ")
        people.append(Course(FIRST, int(days), not word, word == "left"))
    return Cohort(name, people, horizon)


def seen(recent, *, cohorts=(), goal=30, before=45):
    return Overview(recent, list(cohorts), RampRule(goal_days=goal, before_days=before, horizon=30))


def test_everybody_is_counted_once():
    found = cohort(5, 9, "3 left", "12 going", "29 going", "30 beyond", "30 beyond")

    assert (found.proficient, found.left, found.going, found.beyond) == (2, 1, 2, 2)
    assert len(found.people) == 7


def test_fewer_than_five_have_no_curve():
    assert (cohort(1, 2, 3, 4).survival, cohort(1, 2, 3, 4).interval) == (None, "")
    assert cohort(1, 2, 3, 4, 5).survival is not None


@pytest.mark.parametrize(
    ("went", "text"),
    [
        ([10] * 40 + [11] * 40 + [30], "10–11"),
        ([4, 5, 6, 7, 8], "≥ 4"),
        (["9 left"] * 6, ""),
        ([1, *["20 going"] * 9], ""),
    ],
    ids=["both ends", "open", "nobody", "fewer than half"],
)
def test_interval_in_words(went, text):
    assert cohort(*went).interval == text


def test_seen_until_the_last_day_of_anybody():
    assert (cohort().seen_until, cohort(5, "12 going", "9 left").seen_until) == (0, 12)


@pytest.mark.parametrize(
    ("went", "goal", "before", "level"),
    [
        ([28] * 12, 28, 45, ("good", "达成目标")),
        ([28] * 30 + [29] * 30 + [50], 20, 45, ("info", "明显快于以往")),
        ([10, 20, 40, 50, 60, 80], 20, 45, ("info", "快于以往")),
        ([28] * 12, 20, 28, ("warn", "未快于以往")),
        (["28 left"] * 12, 30, 45, ("neutral", "暂无结论")),
        ([28] * 4, 30, 45, ("neutral", "暂无结论")),
    ],
    ids=["goal", "clearly", "faster", "not faster", "nobody", "too few"],
)
def test_level_of_the_median(went, goal, before, level):
    with translation.override("zh-hans"):
        assert seen(cohort(*went, horizon=120), goal=goal, before=before).level == level


def test_last_two_cohorts_with_enough_people_are_compared():
    few, slow, quick = cohort(5, name="Q4"), cohort(*[20, 21, 22] * 4, name="Q2"), cohort(*[5, 6, 7] * 4, name="Q3")

    found = seen(quick, cohorts=[few, quick, slow, quick]).comparison

    assert found is not None
    assert (found.later.name, found.earlier.name, found.is_clear) == ("Q3", "Q2", True)


def test_cohorts_in_which_nobody_is_proficient_are_passed_by():
    nobody, some = cohort(*["9 left"] * 6), cohort(*[5, 6, 7] * 4)

    assert seen(some, cohorts=[nobody, nobody]).comparison is None
    assert seen(some, cohorts=[some]).comparison is None
    assert seen(some, cohorts=[nobody, nobody, some]).comparison.earlier is some


@pytest.mark.parametrize(
    ("p", "text", "clear"),
    [(0.0004, "p < 0.001", True), (0.0123, "p = 0.012", True), (0.05, "p = 0.050", False), (1.0, "p = 1.000", False)],
    ids=["tiny", "small", "at the limit", "none"],
)
def test_chance_in_words(p, text, clear):
    found = Comparison(cohort(), cohort(), p)

    assert (found.p_text, found.is_clear) == (text, clear)


def test_overview_takes_one_query_and_sorts_by_quarter(db, django_assert_num_queries):
    for first, days in [(date(2025, 2, 3), 9), (date(2026, 1, 12), 3), (date(2026, 3, 31), 5), (date(2026, 4, 1), 7)]:
        Ramp.objects.create(person=PersonFactory(), first_contact_on=first, days=days, reckoned_at=start_of(first))

    with django_assert_num_queries(1):
        found = overview(Ramp.objects.all(), RampRule(), on=date(2026, 6, 1))

    assert [(one.name, [each.days for each in one.people]) for one in found.cohorts] == [
        ("2026 年 2 季度", [7]),
        ("2026 年 1 季度", [3, 5]),
        ("2025 年 1 季度", [9]),
    ]
    assert [one.days for one in found.recent.people] == [3, 5, 7]


def test_quarters_from_one_day_to_another():
    found = quarters(date(2025, 11, 5), date(2026, 4, 1))

    assert [name_of(quarter) for quarter in found] == ["2026 年 2 季度", "2026 年 1 季度", "2025 年 4 季度"]
    assert quarters(date(2026, 4, 1), date(2026, 4, 1)) == [Quarter(2026, 2)]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"proficient_on": date(2026, 2, 1), "days": 30}, "proficient"),
        ({"days": 29}, "going"),
        ({"days": 30}, "beyond"),
        ({"days": 12, "left": True}, "left"),
    ],
    ids=["proficient", "on the way", "not within it", "left"],
)
def test_states_of_a_row_and_of_many_are_the_same(db, fields, state):
    Ramp.objects.create(person=PersonFactory(), first_contact_on=FIRST, reckoned_at=start_of(FIRST), **fields)

    found = {word for word in ("proficient", "going", "beyond", "left") if Ramp.objects.in_state(word, 30).exists()}

    assert (Ramp.objects.get().state(30), found) == (state, {state})
