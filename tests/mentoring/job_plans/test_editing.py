"""The order that the editor asks for, whatever was sent."""

from itertools import chain

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.job_plans.editing import drawn, order_asked, shift
from tests.factories.job_plans import JobPlanFactory, TemplateFactory

ORDERS = st.lists(st.integers(0, 4), min_size=1, max_size=5).map(
    lambda sizes: {week: list(range(sum(sizes[: week - 1]), sum(sizes[:week]))) for week in range(1, len(sizes) + 1)}
)


@settings(max_examples=50, deadline=None)
@given(ORDERS, st.integers(0, 20), st.sampled_from([-1, 1]))
def test_arrows_lose_no_task_and_back_again_is_where_it_was(order, task, step):
    before = {week: list(row) for week, row in order.items()}
    last = max(before)
    row = next((row for row in before.values() if task in row), None)
    shift(order, task, step)

    assert sorted(chain(*order.values())) == sorted(chain(*before.values()))
    edge = row is None or (before[1 if step < 0 else last] == row and row[0 if step < 0 else -1] == task)
    assert (order == before) == edge
    shift(order, task, -step)
    assert order == before or edge


@pytest.mark.parametrize(
    ("sent", "order", "moved"),
    [
        ("week=1&week=2&place=1:5&place=2:6", {1: [5], 2: [6]}, 0),
        ("week=1&week=2&place=1:5&place=1:6&down=6", {1: [5], 2: [6]}, 6),
        ("week=1&week=2&place=1:5&place=1:6&up=6&moved=9", {1: [6, 5], 2: []}, 6),
        ("week=1&place=1:5&moved=5", {1: [5]}, 5),
        ("week=x&week=0&week=99&place=5&place=:&place=1:&place=a:b&place=27:1", {}, 0),
        ("place=1:5&up=abc&moved=-1", {1: [5]}, 0),
        ("place=1:" + "9" * 40, {}, 0),
        ("", {}, 0),
    ],
)
def test_what_is_asked_is_read_and_nonsense_passed_over(sent, order, moved):
    assert order_asked(QueryDict(sent)) == (order, moved)


def test_template_is_drawn_week_by_week(db):
    template = TemplateFactory(tasks=[(1, "observe", "旁听"), (3, "alone", "接待"), (1, "observe", "看工单")])
    JobPlanFactory(template=template)
    JobPlanFactory(template=template, ended=True)
    shown = drawn(template)

    assert [[row.task.text for row in week.rows] for week in shown.weeks] == [["旁听", "看工单"], [], ["接待"], []]
    assert [week.minutes for week in shown.weeks] == [60, 0, 30, 0]
    assert (shown.minutes, shown.tasks, shown.used) == (90, 3, 1)
    assert shown.said(template.tasks.get(week=3).pk) == "“接待”现为第 3 周第 1 项。"
    assert shown.said(0) == ""


def test_what_is_found_of_a_week_stands_there_and_above(db):
    template = TemplateFactory(tasks=[(1, "alone", "接待"), (2, "observe", "旁听")])
    shown = drawn(template)

    assert [[finding.code for finding in week.findings] for week in shown.weeks] == [[], ["backwards"], [], []]
    assert {finding.code for finding in shown.findings} == {"backwards", "empty_week", "no_competency"}
