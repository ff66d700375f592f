"""What the room makes of sources: here two of them, so that none is taken for granted."""

from datetime import date

import numpy as np
import pytest

from mentoring.models import RampRule
from mentoring.ramp import figures, measuring
from mentoring.ramp.figures import DayFigure, Figures, Kpi
from trainingsite.core.registry import Registry

FIRST = date(2026, 3, 2)
SHARE, SECONDS = Kpi("share", "满意度", "%", 2, False, 100), Kpi("seconds", "响应", "秒", 1, True)


def source(kpi, firsts, rows):
    def daily(codes, asked, days):
        return [row for row in rows if row.code in codes and row.person_id in asked and row.day <= days]

    def contacts(since):
        return {person: first for person, first in firsts.items() if first >= since}

    return Figures(metrics=lambda: [kpi], first_contacts=contacts, daily=daily)


@pytest.fixture
def two(monkeypatch):
    sources = Registry("source")
    shares = [DayFigure(1, "share", day, good, 10) for day, good in ((1, 9), (2, 3), (4, 6), (5, 9))]
    sources.register("a", source(SHARE, {1: FIRST, 2: FIRST}, [*shares, DayFigure(2, "share", 1, 1, 2)]))
    waits = [DayFigure(1, "seconds", 2, 300, 10), DayFigure(1, "seconds", 3, 100, 10)]
    sources.register("b", source(SECONDS, {1: FIRST.replace(day=1), 3: FIRST}, waits))
    monkeypatch.setattr(figures, "FIGURES", sources)


def test_sources_are_taken_together(two):
    assert figures.all_kpis() == [SHARE, SECONDS]
    assert figures.first_contacts(date(2026, 1, 1)) == {1: FIRST.replace(day=1), 2: FIRST, 3: FIRST}
    assert figures.first_contacts(date(2026, 4, 1)) == {}


@pytest.mark.parametrize(
    ("metrics", "codes"),
    [([], ["share", "seconds"]), (["seconds"], ["seconds"]), (["gone"], []), (["gone", "share"], ["share"])],
    ids=["none chosen", "one", "only one that is gone", "one left"],
)
def test_chosen_figures(two, metrics, codes):
    assert [kpi.code for kpi in figures.chosen(RampRule(metrics=metrics))] == codes


@pytest.mark.parametrize(
    ("kpi", "value", "text"), [(SHARE, 86.254, "86.25%"), (SECONDS, 30, "30.0 秒")], ids=["share", "seconds"]
)
def test_shown_with_unit(kpi, value, text):
    assert kpi.shown(value) == text


def test_curves_are_smoothed_day_by_day_of_the_ramp(two):
    found = {(person, code): values for person, code, values in measuring.curves_of([SHARE, SECONDS], {1: FIRST}, 6)}

    gap = np.nan
    assert list(found) == [(1, "share"), (1, "seconds")]
    assert np.allclose(found[1, "share"], [90, 60, gap, 60, 60, gap], equal_nan=True)  # ratios of three days' sums
    assert np.allclose(found[1, "seconds"], [gap, 30, 20, gap, gap, gap], equal_nan=True)


def test_days_beyond_the_horizon_are_not_read(two):
    (found,) = measuring.curves_of([SHARE], {1: FIRST}, 2)

    assert found[2].tolist() == [90, 60]


def test_curves_of_all_stand_in_the_order_of_the_people(two, monkeypatch):
    monkeypatch.setattr(measuring, "BATCH", 2)
    heard = []

    curves = measuring.curves_of_all(SHARE, [(3, FIRST), (2, FIRST), (1, FIRST)], 1, heard.append)

    assert np.array_equal(curves, [[np.nan], [50], [90]], equal_nan=True)
    assert heard == [2, 1]


def test_nobody_has_no_curves(two):
    assert measuring.curves_of_all(SHARE, [], 3, lambda _n: None).shape == (0, 3)
