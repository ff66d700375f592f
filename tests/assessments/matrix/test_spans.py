"""What is left of stretches of time."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.matrix.spans import Span, inside, left_of, total


def span(first, last):
    day = datetime(2026, 11, 29, tzinfo=UTC)
    return Span(day + timedelta(hours=first), day + timedelta(hours=last))


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(8, 16)]),
        ([(10, 12)], [(8, 10), (12, 16)]),
        ([(6, 9), (15, 18)], [(9, 15)]),
        ([(0, 24)], []),
        ([(8, 16)], []),
        ([(16, 20), (2, 8)], [(8, 16)]),
        ([(9, 11), (10, 13)], [(8, 9), (13, 16)]),
    ],
)
def test_what_is_taken_is_not_left(taken, left):
    assert left_of([span(8, 16)], [span(*each) for each in taken]) == [span(*each) for each in left]


def test_parts_within_a_frame():
    assert inside([span(6, 9), span(10, 11), span(14, 20), span(20, 22)], span(8, 16)) == [
        *(span(8, 9), span(10, 11), span(14, 16)),
    ]


def test_lengths_add_up():
    assert total([span(8, 10), span(12, 13)]) == timedelta(hours=3)
    assert total([]) == timedelta(0)
