"""Cells, sums and orders of a matrix."""

from decimal import Decimal

import pytest
from django.utils import translation

from assessments.matrix.columns import Column, bands
from assessments.matrix.people import Person
from assessments.matrix.shown import text, words
from assessments.matrix.table import Cell, Foot, Sum, foot_of, rows_of, sorted_rows, sum_of
from assessments.profiles.fitting import NeedOf, Wanted
from assessments.profiles.past import Job

EMPATHY = Column(1, "empathy", "共情", 1, "软技能", 5)
TYPING = Column(2, "typing", "打字", 2, "硬技能", 4)
SHOWN = [EMPATHY, TYPING]
WANTED = Wanted(1, 1, "售后客服", (NeedOf(1, 3, 60.0), NeedOf(2, 2, 40.0)))
PEOPLE = [Person(number, name, "", Job(1, "", 1)) for number, name in enumerate("甲乙丙丁", 1)]
LEVELS = {1: {1: 3, 2: 4}, 2: {1: 1}, 3: {1: 2, 2: 2}, 4: {1: 5}}


@pytest.fixture
def rows():
    """The fourth has no profile."""
    return rows_of(PEOPLE, SHOWN, dict.fromkeys((1, 2, 3), WANTED), LEVELS)


def test_each_cell_has_the_level_and_the_need(rows):
    assert [row.cells for row in rows] == [
        (Cell(3, 3), Cell(4, 2)),
        (Cell(1, 3), Cell(None, 2)),
        (Cell(2, 3), Cell(2, 2)),
        (Cell(5, None), Cell(None, None)),
    ]


def test_who_is_below_has_a_gap(rows):
    assert [row.has_gap for row in rows] == [False, True, True, False]


def test_a_gap_in_another_group_is_not_shown_as_one():
    (row,) = rows_of(PEOPLE[2:3], [TYPING], {3: WANTED}, LEVELS)
    assert (row.has_gap, row.fit.percent) == (False, 80.0)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "甲乙丙丁"),
        ("-name", "丁丙乙甲"),
        ("fit", "乙丙甲丁"),
        ("-fit", "甲丙乙丁"),
        ("overall", "乙丙甲丁"),
        ("c1", "乙丙甲丁"),
        ("-c1", "丁甲丙乙"),
        ("c2", "丙甲乙丁"),
        ("-c2", "甲丙乙丁"),
        ("c99", "甲乙丙丁"),
        ("", "甲乙丙丁"),
    ],
)
def test_rows_are_sorted_and_who_has_nothing_comes_last(rows, sort, names):
    assert "".join(row.person.name for row in sorted_rows(rows, SHOWN, sort)) == names


def test_the_foot_counts_who_meets_it_and_the_mean_of_known_levels(rows):
    assert foot_of(rows, SHOWN) == [Foot(3, 1, 2.75), Foot(3, 2, 3.0)]
    assert foot_of(rows, SHOWN)[0].share == 1 / 3


def test_the_sum_is_of_those_with_a_profile(rows):
    found = sum_of(rows)
    assert (found.asked, found.meet, round(Decimal(found.percent), 1)) == (3, 1, Decimal("66.7"))
    assert sum_of(rows[3:]) == Sum(0, 0, None)
    assert foot_of(rows[3:], SHOWN)[0].share is None


@pytest.mark.parametrize(
    ("cell", "written", "said"),
    [
        (Cell(2, 3), "2/3", "共情: level 2, 3 needed: 1 missing"),
        (Cell(3, 3), "3/3", "共情: level 3, 3 needed: met"),
        (Cell(4, 3), "4/3", "共情: level 4, 3 needed: met"),
        (Cell(None, 3), "–/3", "共情: no level yet, 3 needed"),
        (Cell(2, None), "2", "共情: level 2"),
        (Cell(None, None), "–", "共情: no level yet"),
    ],
)
def test_a_cell_can_be_read_without_colour(cell, written, said):

    with translation.override("en"):
        assert (text(cell), words("共情", cell)) == (written, said)


def test_groups_stand_above_their_columns():
    assert [(band.title, band.width) for band in bands([EMPATHY, EMPATHY, TYPING])] == [("软技能", 2), ("硬技能", 1)]
