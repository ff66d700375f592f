"""The drawing, from steps that are in no database."""

import re

import pytest

from mentoring.careers.graph import HIGH, WIDE, draw, number_asked
from mentoring.careers.loops import Place
from mentoring.models import CareerStep
from trainingsite.people.models import Position

NAMES = {"A": "客服专员", "B": "高级客服专员", "C": "组长", "D": "客户体验与服务质量提升高级经理"}
POSITIONS = {code: Position(pk=number, name=name) for number, (code, name) in enumerate(NAMES.items(), start=1)}


def step(text, **asked):
    """ "A1>B" leads from 客服专员 1 to 高级客服专员 of every grade."""
    begin, end = text.split(">")
    made = CareerStep(
        pk=sum(map(ord, text)),
        from_position=POSITIONS[begin[0]],
        from_grade=begin[1:],
        to_position=POSITIONS[end[0]],
        to_grade=end[1:],
        **asked,
    )
    made.asked_certificates, made.asked_competencies = [], []
    return made


def points(path):
    return [tuple(map(int, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", path)]


def test_the_lowest_job_is_at_the_bottom_and_lines_lead_from_box_to_box():
    graph = draw([step("A1>B1"), step("B1>C1")])

    a, b, c = graph.jobs
    assert a.y > b.y > c.y
    first, second = graph.arrows
    assert (points(first.path)[0], points(first.path)[-1]) == ((a.middle, a.y), (b.middle, b.y + HIGH))
    assert (points(second.path)[0], points(second.path)[-1]) == ((b.middle, b.y), (c.middle, c.y + HIGH))


def test_every_box_and_button_lies_within_the_drawing():
    graph = draw([step("A1>B1"), step("A1>C1"), step("B1>C1"), step("A1>D1"), step("C1>D1")])

    assert all(job.x > 0 and job.x + WIDE < graph.width and 0 < job.y < graph.height - HIGH for job in graph.jobs)
    assert all(0 < arrow.x < graph.width and 0 < arrow.y < graph.height for arrow in graph.arrows)


def test_no_two_boxes_of_a_level_overlap():
    graph = draw([step("A1>B1"), step("A1>B2"), step("A1>B3"), step("A1>C1")])

    for level in graph.levels:
        places = sorted(job.x for job in level)
        assert all(right - left > WIDE for left, right in zip(places, places[1:], strict=False))  # noqa: RUF007 - short


def test_who_is_in_a_job_at_every_grade_is_in_the_box_of_the_grade_too():
    graph = draw([step("A1>B"), step("B2>C1")], people={Place(2, "1"): 3, Place(2, "2"): 4}, mine=Place(2, "2"))

    shown = {(job.name, job.grade): (job.people, job.is_mine) for job in graph.jobs}
    assert shown == {
        ("客服专员", "1"): (0, False),
        ("高级客服专员", ""): (7, True),
        ("高级客服专员", "2"): (4, True),
        ("组长", "1"): (0, False),
    }
    assert [arrow.step is None for arrow in graph.arrows] == [True, False, False]


def test_levels_are_told_from_the_top():
    graph = draw([step("A1>B1"), step("B1>C1")])

    told = [(number, [job.name for job in jobs]) for number, jobs in graph.levels_from_top]
    assert told == [(3, ["组长"]), (2, ["高级客服专员"]), (1, ["客服专员"])]


def test_the_steps_of_a_job_stand_with_it():
    steps = [step("A1>B1"), step("A1>C1")]

    lowest = draw(steps).levels[0][0]

    assert lowest.steps == steps


@pytest.mark.parametrize(("code", "short"), [("A", "客服专员"), ("D", "客户体验与服务质量提…")])
def test_a_long_name_is_cut_to_fit_its_box(code, short):
    job = draw([step(f"{code}1>{code}2")]).jobs[0]

    assert job.short == short


@pytest.mark.parametrize(
    ("asked", "number"), [({}, 0), ({"fit": 80}, 1), ({"fit": 80, "points": 1, "months": 2, "appraisal": 3}, 4)]
)
def test_the_button_tells_how_many_conditions_there_are(asked, number):
    assert number_asked(step("A1>B1", **asked)) == number
