"""Newcomers of the demo company lack something for some weeks, each cohort for fewer than the last."""

from datetime import timedelta
from statistics import median
from types import SimpleNamespace

import pytest

from analytics.ramp_figures.demo import FASTEST, FIRST_DAY_AT_THE_DESK, LACKS, SLOWEST, Beginning, beginnings
from tests.factories.courses import MONDAY
from trainingsite.core.demo import Story

DAY = timedelta(days=1)


def test_much_is_lacking_at_first_little_at_last_nothing_afterwards():
    beginning = Beginning(MONDAY, 30)
    lacking = [beginning.lacking(MONDAY + n * DAY)[0] for n in range(32)]

    assert lacking[0] == LACKS[0]
    assert lacking == sorted(lacking, reverse=True)
    assert beginning.lacking(MONDAY + 30 * DAY) == (0, 0, 0)


@pytest.mark.parametrize(("day", "sheltered"), [(74, True), (75, False)])
def test_newcomers_are_kept_out_of_the_rush(day, sheltered):
    assert Beginning(MONDAY, 30).is_sheltered(MONDAY + day * DAY) is sheltered


def test_later_cohorts_take_fewer_days():
    story = Story(MONDAY)
    half = (story.today - story.first_day) / 2
    people = [SimpleNamespace(pk=n, hired_on=story.first_day + (1 + 2 * n) * DAY) for n in range(364)]
    found = beginnings(story, people)
    early = [one.takes for one in found.values() if one.first < story.first_day + half]
    late = [one.takes for one in found.values() if one.first >= story.first_day + half]

    assert found[0].first == people[0].hired_on + FIRST_DAY_AT_THE_DESK
    assert FASTEST < median(late) < median(early) < SLOWEST


def test_who_was_there_before_has_no_beginning():
    story = Story(MONDAY)

    assert (
        beginnings(story, [SimpleNamespace(pk=1, hired_on=story.first_day), SimpleNamespace(pk=2, hired_on=None)]) == {}
    )
