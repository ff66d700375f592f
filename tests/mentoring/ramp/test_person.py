"""One person's page judges as the nightly reckoning did."""

from random import Random

import pytest

from mentoring.models import Ramp, RampRule
from mentoring.ramp.person import ramp_of
from tests.mentoring.ramp.conftest import APRIL, DAY, JANUARY, figures


def wavering(chance, level):
    """Thirty days that waver about the level, with days off."""
    return [round(level + chance.uniform(-6, 6), 2) if chance.random() < 0.7 else None for _day in range(30)]


def begin(day):
    """The first contact is on the first day with a reading."""
    return [85, *day[1:]]


def test_page_and_reckoning_agree(rule, newcomer, reckoned):
    chance = Random(7)
    rule.metrics = ["satisfaction", "complaint-rate"]
    rule.save()
    for number in range(24):
        first = JANUARY if number < 16 else APRIL
        person = newcomer(f"新人{number}", first, begin(wavering(chance, 85)))
        figures(person, first, wavering(chance, 10), metric="complaint-rate")
    reckoned()

    ramps = list(Ramp.objects.select_related("person"))
    runs = {ramp.person.name: ramp_of(ramp, rule).run for ramp in ramps}

    stored = {ramp.person.name: ramp.days if ramp.proficient_on else None for ramp in ramps}
    assert {name: run and run[0] for name, run in runs.items()} == stored
    assert 0 < sum(run is not None for run in runs.values()) < 24


def test_four_queries_for_a_person(rule, earlier, reckoned, django_assert_num_queries):
    reckoned()
    ramp = earlier[0].ramp

    with django_assert_num_queries(4):  # figures, readings, whose bands, bands
        found = ramp_of(ramp, rule)

    assert [one.kpi.code for one in found.figures] == ["satisfaction"]


def test_days_without_a_figure_stay_empty(rule, earlier, newcomer, reckoned):
    person = newcomer("王小明", APRIL, [60, None, 90])
    reckoned()

    found = ramp_of(person.ramp, rule)

    assert [(day, cells[0].text, cells[0].inside) for day, _on, cells in found.last_days] == [
        (3, "75.00%", False),
        (1, "60.00%", False),
    ]
    assert found.figures[0].cell(2).inside is None
    assert found.day_of(3) == APRIL + 2 * DAY


@pytest.mark.parametrize(("metric", "text"), [("satisfaction", "≥ 82.00%"), ("complaint-rate", "≤ 3.00%")])
def test_what_is_to_be_reached_is_the_worse_edge(rule, earlier, reckoned, metric, text):
    RampRule.objects.update(metrics=[metric])
    rule.refresh_from_db()
    for one in earlier:
        figures(one, JANUARY, [9] * 9 + [2, 3, 3] * 7, metric="complaint-rate")
    reckoned()

    assert ramp_of(earlier[0].ramp, rule).figures[0].edge_text.split(" ")[0] == text.split(" ")[0]


def test_figures_that_are_no_longer_measured_are_left_out(rule, earlier, reckoned):
    reckoned()
    rule.metrics = ["gone"]

    found = ramp_of(earlier[0].ramp, rule)

    assert (found.figures, found.last_days, found.streak) == ([], [], 0)
