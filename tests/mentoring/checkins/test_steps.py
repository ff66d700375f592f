from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.checkins.actions import StepText, Talk, add_step, finish_step, note_checkin, reopen_step
from mentoring.checkins.steps import MOST, steps_to_talk_about
from mentoring.job_plans.models import Side
from mentoring.models import NextStep
from tests.factories.mentoring import CheckInFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused

DUE = date(2026, 6, 8)
NEXT = date(2026, 6, 15)
AT = datetime(2026, 6, 10, 4, tzinfo=UTC)


@pytest.fixture
def checkin(db):
    """Held on 8 June, with one step of the mentee."""
    return CheckInFactory(held=True)


@pytest.fixture
def pairing(checkin):
    return checkin.pairing


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def rows(checkin):
    return list(checkin.next_steps.values_list("side", "text", "due_on"))


USUAL = ("mentee", "独立处理简单退货", None)


def test_both_have_steps_with_their_days(checkin, pairing):
    add_step(checkin, StepText(Side.MENTEE, "写三张工单", NEXT), by=pairing.mentee)
    add_step(checkin, StepText(Side.MENTOR, "要一份录音", NEXT), by=pairing.mentor)
    add_step(checkin, StepText(Side.MENTEE, "听两段录音"), by=pairing.mentor)

    assert rows(checkin) == [
        USUAL,
        ("mentee", "写三张工单", NEXT),
        ("mentor", "要一份录音", NEXT),
        ("mentee", "听两段录音", None),
    ]


def test_the_same_step_twice_is_one(checkin, pairing):
    for _ in range(2):
        add_step(checkin, StepText(Side.MENTEE, "独立处理简单退货"), by=pairing.mentee)

    assert rows(checkin) == [USUAL]


def test_impossible_ones_are_refused(checkin, pairing):
    early = StepText(Side.MENTEE, "早了", DUE - timedelta(days=1))
    codes = [refused(lambda: add_step(checkin, early, by=pairing.mentee))]
    codes += [refused(lambda: add_step(checkin, StepText(Side.MENTOR, "你做"), by=pairing.mentee))]
    NextStep.objects.bulk_create(NextStep(checkin=checkin, text=str(number)) for number in range(MOST))
    codes += [refused(lambda: add_step(checkin, StepText(Side.MENTEE, "太多"), by=pairing.mentee))]

    assert codes == ["due_before_talk", "not_yours", "too_many"]


def test_a_step_is_done_once_and_can_be_opened_again(checkin, pairing):
    step, moments = checkin.next_steps.get(), []

    for act in (
        lambda: finish_step(step, by=pairing.mentee, at=AT),
        lambda: finish_step(step, by=pairing.mentor, at=AT + timedelta(days=1)),
        lambda: reopen_step(step, by=pairing.mentee),
    ):
        act()
        step.refresh_from_db()
        moments.append(step.done_at)

    assert moments == [AT, AT, None]


def test_the_mentee_ticks_off_nothing_of_the_mentor(checkin, pairing):
    step = add_step(checkin, StepText(Side.MENTOR, "要一份录音"), by=pairing.mentor)

    codes = [
        refused(lambda person=person: finish_step(step, by=person, at=AT))
        for person in (pairing.mentee, PersonFactory())
    ]

    step.refresh_from_db()
    assert (codes, step.done_at) == (["not_yours"] * 2, None)


def test_of_an_ended_pairing_nothing_is_ticked_off(db):
    checkin = CheckInFactory(held=True, pairing__ended=True)

    code = refused(lambda: finish_step(checkin.next_steps.get(), by=checkin.pairing.mentee, at=AT))

    assert code == "pairing_ended"


def test_correcting_a_talk_keeps_what_is_done_and_drops_what_is_not_named(checkin, pairing):
    finish_step(checkin.next_steps.get(), by=pairing.mentee, at=AT)
    add_step(checkin, StepText(Side.MENTEE, "写三张工单"), by=pairing.mentee)
    add_step(checkin, StepText(Side.MENTEE, "听录音", DUE), by=pairing.mentee)

    talk = Talk(DUE, "", 3, "一起旁听", 30, next_steps=[StepText(Side.MENTEE, "听录音", NEXT)])
    note_checkin(pairing, talk, next_due_on=None, on=NEXT)

    assert rows(checkin) == [USUAL, ("mentee", "听录音", NEXT)]


def test_a_talk_knows_its_own_steps_and_what_is_open_of_earlier_ones(checkin, pairing, django_assert_num_queries):
    planned = CheckInFactory(pairing=pairing, due_on=NEXT)
    done = add_step(checkin, StepText(Side.MENTEE, "已完成"), by=pairing.mentee)
    finish_step(done, by=pairing.mentee, at=AT)
    own = add_step(planned, StepText(Side.MENTOR, "要一份录音"), by=pairing.mentor)

    with django_assert_num_queries(1):
        found = steps_to_talk_about(planned)

    assert [[step.text for step in steps] for steps in found] == [[own.text], ["独立处理简单退货"]]
