"""What the page makes of a plan on a day: states of weeks, whose turn it is, how far each phase is."""

from datetime import date, timedelta

import pytest

from mentoring.acts import GUIDE
from mentoring.job_plans.models import JobPlan, JobTask, Phase, Side
from mentoring.job_plans.sheet import Row, Week, bars, sheet_of
from tests.factories.courses import MONDAY
from tests.factories.job_plans import SIGNED, JobPlanFactory, JobTaskFactory
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PersonFactory

DAY = timedelta(days=1)
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


def row(side=None, *, mentee=False, mentor=False, begun=True, late=False):
    """A task that these have signed, read by `side`."""
    task = JobTask(phase=Phase.OBSERVE, minutes=30)
    task.mentee_signed_at, task.mentor_signed_at = SIGNED if mentee else None, SIGNED if mentor else None
    task.done_on = SIGNED.date() if mentee and mentor else None
    return Row(task, side, begun, late)


@pytest.mark.parametrize(
    ("side", "mentee", "mentor", "acts"),
    [
        (MENTEE, False, False, {"sign", "next"}),
        (MENTEE, True, False, {"undo"}),
        (MENTEE, False, True, {"sign", "next"}),
        (MENTEE, True, True, set()),
        (MENTOR, False, False, {"sign", "not yet"}),
        (MENTOR, True, False, {"sign", "not yet", "next"}),
        (MENTOR, False, True, {"undo"}),
        (MENTOR, True, True, {"undo"}),
        (None, False, False, set()),
        (None, True, True, set()),
    ],
)
def test_what_each_may_do_with_a_task(side, mentee, mentor, acts):
    found = row(side, mentee=mentee, mentor=mentor)
    may = {"sign": found.may_sign, "undo": found.may_undo, "not yet": found.may_say_not_yet, "next": found.is_next}

    assert {act for act, allowed in may.items() if allowed} == acts


@pytest.mark.parametrize("side", [MENTEE, MENTOR])
@pytest.mark.parametrize("mentee", [True, False])
def test_nothing_is_done_before_the_week(side, mentee):
    found = row(side, mentee=mentee, begun=False)

    assert not any([found.may_sign, found.may_undo, found.may_say_not_yet, found.is_next])


@pytest.mark.parametrize(
    ("mentee", "mentor", "side"),
    [(False, False, None), (True, False, MENTOR), (False, True, MENTEE), (True, True, None)],
)
def test_whose_signature_is_missing(mentee, mentor, side):
    assert row(mentee=mentee, mentor=mentor).waits_for == side


OPEN, DONE, LATE = row(), row(mentee=True, mentor=True), row(late=True)


@pytest.mark.parametrize(
    ("rows", "now", "state", "opened"),
    [
        ([OPEN], 1, "ahead", False),
        ([OPEN, DONE], 2, "now", True),
        ([DONE], 2, "done", True),
        ([DONE], 3, "done", False),
        ([OPEN], 3, "open", False),
        ([LATE, DONE], 3, "late", True),
        ([LATE], 2, "late", True),
        ([], 3, "open", False),
        ([row(MENTOR, mentee=True)], 3, "open", True),
    ],
)
def test_state_of_a_week(rows, now, state, opened):
    week = Week(2, MONDAY + 7 * DAY, rows, now)

    assert (week.state, week.is_open) == (state, opened)


def test_numbers_of_a_week():
    week = Week(1, MONDAY, [OPEN, DONE, LATE, row(MENTEE, mentor=True)], 1)

    assert (week.ends, week.done, week.minutes, week.late, week.waiting) == (date(2026, 6, 7), 1, 120, 1, 1)


def test_phases_come_in_their_order_and_only_those_with_tasks():
    tasks = [JobTask(phase=phase) for phase in ("alone", "observe", "observe")]
    tasks[1].done_on = MONDAY

    assert [(bar.phase, bar.share, bar.icon) for bar in bars(tasks)] == [
        (Phase.OBSERVE, "1/2", "eye"),
        (Phase.ALONE, "0/1", "rocket"),
    ]


@pytest.fixture
def guided(db):
    plan = JobPlanFactory()
    return PairingFactory(mentee=plan.mentee, plan=plan)


@pytest.mark.parametrize(
    ("days", "week", "states"),
    [
        (-1, 0, ["ahead"] * 4),
        (0, 1, ["now", "ahead", "ahead", "ahead"]),
        (6, 1, ["now", "ahead", "ahead", "ahead"]),
        (7, 2, ["late", "now", "ahead", "ahead"]),
        (27, 4, ["late", "open", "open", "now"]),
        (60, 4, ["late", "open", "open", "open"]),
    ],
)
def test_weeks_go_on_with_the_days(guided, days, week, states):
    JobTaskFactory(plan=guided.plan)
    sheet = sheet_of(guided.plan, guided.mentee, MONDAY + days * DAY)

    assert (sheet.week, [each.state for each in sheet.weeks]) == (week, states)


def test_optional_task_is_never_late_and_does_not_count(guided):
    JobTaskFactory(plan=guided.plan, is_required=False, done=True)
    JobTaskFactory(plan=guided.plan, is_required=False)
    JobTaskFactory(plan=guided.plan, done=True)
    sheet = sheet_of(guided.plan, guided.mentee, MONDAY + 20 * DAY)

    assert (sheet.late, sheet.required, sheet.signed) == (0, 1, 1)


def test_side_is_that_of_the_open_pairing(guided):
    side = lambda person: sheet_of(guided.plan, person, MONDAY).side  # noqa: E731

    assert [side(person) for person in (guided.mentee, guided.mentor, PersonFactory())] == [MENTEE, MENTOR, None]
    guided.ended_on, guided.end_reason = MONDAY, "other"
    guided.save()
    assert [side(person) for person in (guided.mentee, guided.mentor)] == [None, None]


def test_not_yet_stands_until_something_else_is_said(guided):
    task = JobTaskFactory(plan=guided.plan)
    say = lambda side, result, note="": task.sign_offs.create(  # noqa: E731
        side=side, result=result, by=guided.mentor, at=SIGNED, note=note
    )
    words = lambda: [each.word and each.word.note for each in sheet_of(guided.plan, guided.mentee, MONDAY).rows]  # noqa: E731

    say("mentor", "not_yet", "再练一次")
    assert words() == ["再练一次"]
    say("mentee", "done")
    assert words() == [None]


def test_mentor_may_take_out_what_is_optional_and_untouched(guided):
    JobTaskFactory(plan=guided.plan, text="必做")
    JobTaskFactory(plan=guided.plan, text="选做", is_required=False)
    touched = JobTaskFactory(plan=guided.plan, text="签过", is_required=False)
    touched.sign_offs.create(side="mentee", result="done", by=guided.mentee, at=SIGNED)
    removable = lambda reader: [  # noqa: E731
        each.task.text for each in sheet_of(guided.plan, reader, MONDAY).rows if each.removable
    ]

    assert (removable(guided.mentor), removable(guided.mentee)) == (["选做"], [])


def test_ended_plan_has_no_late_weeks(guided):
    JobTaskFactory(plan=guided.plan)
    JobPlan.objects.update(ended_on=MONDAY + 30 * DAY, outcome="stopped")
    sheet = sheet_of(JobPlan.objects.get(), guided.mentor, MONDAY + 40 * DAY)

    assert (sheet.late, sheet.side, sheet.pairing) == (0, None, None)


@pytest.mark.parametrize("tasks", [1, 30])
def test_sheet_takes_three_queries(guided, tasks, django_assert_num_queries):
    for task in JobTaskFactory.create_batch(tasks, plan=guided.plan, done=True):
        task.sign_offs.create(side="mentee", result="done", by=guided.mentee, at=SIGNED)
    assert guided.mentor.may(GUIDE) is False  # which every page has asked by then
    with django_assert_num_queries(3):
        sheet_of(guided.plan, guided.mentor, MONDAY)
