from datetime import date, timedelta

import pytest

from mentoring.checkins.actions import StepText, Talk, note_checkin, remind
from mentoring.job_plans.models import Side
from mentoring.models import CheckIn
from tests.factories.courses import MONDAY
from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

STEPS = "next_steps__text"
NEXT = MONDAY + timedelta(days=14)
DUE = date(2026, 6, 8)
STEP = StepText(Side.MENTEE, "独立处理退货", NEXT)


@pytest.fixture
def pairing(db):
    """Since Monday, 1 June, with a check-in planned for Monday, 8 June."""
    return CheckInFactory().pairing


def talk(held_on=DUE, **fields):
    return Talk(**{"held_on": held_on, "note": "旁听", "progress": 3, "next_steps": [STEP]} | fields)


def rows(pairing):
    return list(
        pairing.checkins.order_by("due_on").values_list("due_on", "held_on", "note", "progress", "next_steps__text")
    )


def test_noting_fills_the_planned_checkin_and_plans_the_next(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货"), (NEXT, None, "", None, None)]


def test_noting_twice_keeps_one(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货"), (NEXT, None, "", None, None)]


def test_noting_the_same_day_again_corrects_it_and_moves_the_next(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    note_checkin(pairing, talk(progress=4, note="改正"), next_due_on=NEXT + timedelta(days=1), on=DUE)

    assert rows(pairing) == [
        (DUE, DUE, "改正", 4, "独立处理退货"),
        (NEXT + timedelta(days=1), None, "", None, None),
    ]


def test_talk_without_a_plan_is_noted_too(db):
    pairing = PairingFactory()

    note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货")]


def test_noting_without_a_next_date_leaves_nothing_planned(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)
    note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货")]


@pytest.mark.parametrize(
    ("held_on", "next_due_on", "field", "code"),
    [
        (DUE + timedelta(days=1), NEXT, "held_on", "held_in_future"),
        (MONDAY - timedelta(days=1), NEXT, "held_on", "held_before_start"),
        (DUE, DUE, "next_due_on", "next_not_after"),
        (MONDAY, DUE - timedelta(days=1), "next_due_on", "due_in_past"),
        (DUE, DUE + timedelta(days=91), "next_due_on", "due_too_far"),
    ],
)
def test_impossible_dates_are_refused_and_change_nothing(pairing, held_on, next_due_on, field, code):
    before = rows(pairing)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(held_on), next_due_on=next_due_on, on=DUE)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert rows(pairing) == before


def test_ended_pairing_takes_no_checkin(db):
    pairing = PairingFactory(ended=True)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert (refusal.value.code, CheckIn.objects.count()) == ("pairing_ended", 0)


def told():
    return sorted(Notice.objects.values_list("person__name", "facts__stage"))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-2, []),
        (-1, [("李静", "tomorrow"), ("王小明", "tomorrow")]),
        (0, [("李静", "today")]),
        (1, [("李静", "overdue")]),
        (30, [("李静", "overdue")]),
    ],
)
def test_reminders_by_day(pairing, days, expected):
    remind(on=DUE + timedelta(days=days))

    assert told() == expected


def test_each_reminder_is_sent_once_though_beat_runs_twice_a_day(pairing):
    numbers = [remind(on=MONDAY + timedelta(days=day)) for day in range(21) for _beat in range(2)]

    assert told() == [("李静", "overdue"), ("李静", "today"), ("李静", "tomorrow"), ("王小明", "tomorrow")]
    assert sum(numbers) == 4


def test_moved_checkin_is_reminded_of_anew(pairing):
    remind(on=DUE)
    CheckIn.objects.update(due_on=NEXT)

    assert remind(on=NEXT) == 1


def test_held_and_ended_are_not_reminded_of(db):
    CheckInFactory(held=True)
    CheckInFactory(pairing=PairingFactory(ended=True))

    assert remind(on=DUE) == 0
