"""When a week of the plan begins both are told what is on, once."""

from datetime import timedelta

import pytest

from mentoring.job_plans.tasks import tell_of_plan_weeks
from mentoring.job_plans.weeks import tell_of_weeks
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.notices.kinds import KINDS
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def second_week(plan):
    """Tasks of the second week, which began yesterday; one is done."""
    JobTaskFactory(plan=plan)
    JobTaskFactory(plan=plan, week=2, done=True)
    return [JobTaskFactory(plan=plan, week=2, text=text) for text in ("一起接待", "看工单")]


def told():
    return list(Notice.objects.order_by("pk").values_list("person", "key"))


def test_both_are_told_of_the_week_once(plan, second_week, mentee, mentor, today):
    key = f"job_week_begins:{plan.pk}:2"

    assert [tell_of_weeks(on=today), tell_of_weeks(on=today + DAY), tell_of_plan_weeks()] == [2, 0, 0]
    assert told() == [(mentee.pk, key), (mentor.pk, key)]


def test_notice_says_what_is_on(plan, second_week, mentee, mentor, today):
    tell_of_weeks(on=today)
    texts = [
        (KINDS[row.kind].subject(row.facts), KINDS[row.kind].body(row.facts)) for row in Notice.objects.order_by("pk")
    ]

    assert texts == [
        ("在岗带教计划第 2 周开始：2 项任务", "· 一起接待\n· 看工单"),
        ("王小明的在岗带教计划第 2 周开始：2 项任务", "· 一起接待\n· 看工单"),
    ]


@pytest.mark.parametrize("days", [2, 3, 4])
def test_days_later_nobody_is_told_any_more(plan, second_week, today, days):
    assert tell_of_weeks(on=today + days * DAY) == (2 if days < 2 else 0)


def test_nothing_is_told_of_a_week_that_is_done(plan, mentee, today):
    JobTaskFactory(plan=plan, week=2, done=True)

    assert tell_of_weeks(on=today) == 0


def test_nothing_is_told_before_the_first_day_or_after_the_end(mentee, today):
    for begin in (today + DAY, today - 100 * DAY):
        plan = JobPlanFactory(started_on=begin)
        JobTaskFactory(plan=plan)

    assert tell_of_weeks(on=today) == 0


def test_nothing_is_told_while_nobody_guides(plan, second_week, today):
    plan.pairings.update(ended_on=today, end_reason="changed")

    assert tell_of_weeks(on=today) == 0


@pytest.mark.parametrize("plans", [1, 20])
def test_all_are_told_by_three_queries(plans, today, django_assert_max_num_queries):
    for plan in JobPlanFactory.create_batch(plans, started_on=today):
        JobTaskFactory(plan=plan)
        PairingFactory(mentee=plan.mentee, plan=plan, started_on=today)
    with django_assert_max_num_queries(5):
        assert tell_of_weeks(on=today) == 2 * plans
