import pytest

from mentoring.careers.loops import Arrow, Place, loop


def arrow(text):
    """ "A1>B" leads from position A at grade 1 to position B at every grade."""
    begin, end = text.split(">")
    return Arrow(place(begin), place(end))


def place(text):
    return Place(ord(text[0]) - 64, text[1:])


def shown(places):
    return [f"{chr(64 + place.position_id)}{place.grade}" for place in places]


@pytest.mark.parametrize(
    ("new", "others", "found"),
    [
        ("A1>B1", [], []),
        ("A1>A1", [], ["A1", "A1"]),
        ("A1>A", [], ["A1", "A"]),
        ("A>A2", [], ["A", "A2"]),
        ("A1>A2", [], []),
        ("B1>A1", ["A1>B1"], ["B1", "A1", "B1"]),
        ("B1>A1", ["A2>B1"], []),
        ("B1>A1", ["A>B1"], ["B1", "A1", "B1"]),
        ("B1>A1", ["A1>B"], ["B1", "A1", "B1"]),
        ("B>A1", ["A1>B3"], ["B", "A1", "B"]),
        ("C1>A1", ["A1>B1", "B1>C1", "B1>D1", "D1>C1"], ["C1", "A1", "B1", "C1"]),
        ("C1>A1", ["A1>B1", "B2>C1"], []),
        ("C1>A1", ["A1>B", "B2>C1"], ["C1", "A1", "B", "C1"]),
        ("D1>E1", ["A1>B1", "B1>C1"], []),
    ],
)
def test_a_step_that_leads_back_is_told_with_the_jobs_along_the_shortest_way(new, others, found):
    assert shown(loop(arrow(new), [arrow(other) for other in others])) == found


def test_many_steps_that_part_and_join_are_walked_once():
    levels = [Arrow(Place(level, str(a)), Place(level + 1, str(b))) for level in range(40) for a in "12" for b in "12"]

    assert loop(Arrow(Place(41, "1"), Place(42, "1")), levels) == []
