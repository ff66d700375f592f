"""First pages: what is on for the mentee, what waits for the mentor."""

from datetime import timedelta

import pytest

from mentoring.job_plans.panels import SHOWN, to_do, waiting
from tests.factories.job_plans import SIGNED, JobPlanFactory, JobTaskFactory
from tests.factories.mentoring import PairingFactory

DAY = timedelta(days=1)


def texts(panel):
    return [task.text for task in panel["rows"]]


def test_mentee_sees_what_has_begun_and_is_not_signed(plan, mentee, today):
    for week, text, extra in [
        (2, "本周", {}),
        (1, "上周", {}),
        (3, "下周", {}),
        (1, "已签", {"waiting": True}),
        (1, "完成", {"done": True}),
    ]:
        JobTaskFactory(plan=plan, week=week, text=text, **extra)
    panel = to_do(mentee, today)

    assert (texts(panel), panel["more"], panel["week"]) == (["上周", "本周"], False, 2)
    assert (panel["plan"].signed, panel["plan"].required) == (1, 5)


def test_mentee_sees_a_few_and_that_there_are_more(plan, mentee, today):
    JobTaskFactory.create_batch(SHOWN + 1, plan=plan)
    panel = to_do(mentee, today)

    assert (len(panel["rows"]), panel["more"]) == (SHOWN, True)


def test_week_of_a_plan_that_is_over_is_its_last(mentee, today):
    JobPlanFactory(mentee=mentee, started_on=today - 90 * DAY)

    assert to_do(mentee, today)["week"] == 4


@pytest.mark.parametrize("begins", [1, 30])
def test_plan_that_has_not_begun_is_not_shown(mentee, today, begins):
    JobPlanFactory(mentee=mentee, started_on=today + begins * DAY)

    assert to_do(mentee, today) == {}


def test_without_an_open_plan_there_is_no_panel(mentee, today):
    JobPlanFactory(mentee=mentee, ended=True)

    assert to_do(mentee, today) == {}


def test_mentor_sees_what_has_waited_longest_first(plan, mentor, today):
    JobTaskFactory(plan=plan, text="新", mentee_signed_at=SIGNED + DAY)
    JobTaskFactory(plan=plan, text="旧", waiting=True)
    JobTaskFactory(plan=plan, text="完成", done=True)
    JobTaskFactory(plan=plan, text="未签")

    assert texts(waiting(mentor, today)) == ["旧", "新"]


def test_mentor_sees_nothing_of_others_and_of_what_has_ended(plan, mentor, today):
    other = PairingFactory()
    JobTaskFactory(plan__mentee=other.mentee, waiting=True)
    JobTaskFactory(plan=plan, waiting=True)
    plan.pairings.update(ended_on=today, end_reason="changed")

    assert waiting(mentor, today) == {}
    assert len(waiting(other.mentor, today)["rows"]) == 1


def test_ended_plan_waits_for_nobody(plan, mentor, today):
    JobTaskFactory(plan=plan, waiting=True)
    plan.ended_on, plan.outcome = today, "stopped"
    plan.save()

    assert waiting(mentor, today) == {}


@pytest.mark.parametrize("rows", [1, 30])
def test_panels_take_two_queries_and_one(plan, mentee, mentor, today, rows, django_assert_num_queries):
    JobTaskFactory.create_batch(rows, plan=plan)
    JobTaskFactory.create_batch(rows, plan=plan, waiting=True)
    with django_assert_num_queries(2):
        to_do(mentee, today)
    with django_assert_num_queries(1):
        [task.plan.mentee.name for task in waiting(mentor, today)["rows"]]
