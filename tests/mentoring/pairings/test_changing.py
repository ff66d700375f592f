"""Another mentor goes on where one stops; more time is given with a reason."""

from datetime import timedelta

import pytest

from mentoring.models import Extension, NextStep, Pairing
from mentoring.pairings.actions import change_mentor, end_pairing, extend
from mentoring.pairings.models import EndReason
from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory
from tests.factories.pairings import HALF, GoalFactory, PlannedPairingFactory
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def test_new_mentor_goes_on_with_everything(pairing, other, today):
    GoalFactory(pairing=pairing, text="投诉", by_day=today, reached_on=today)
    planned = CheckInFactory(pairing=pairing, due_on=today + 3 * DAY)
    planned.agenda.create(text="复盘差评")

    new = change_mentor(pairing, other, on=today, reason_note="排班冲突")

    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason, pairing.end_note) == (today, "changed", "排班冲突")
    assert (new.mentor, new.plan, new.goal) == (other, pairing.plan, pairing.goal)
    assert (new.started_on, new.planned_end) == (today, pairing.planned_end)
    assert list(new.goals.values_list("text", "reached_on")) == [("投诉", today)]
    assert [(row.pk, row.due_on, row.agenda.get().text) for row in new.checkins.all()] == [
        (planned.pk, today + 3 * DAY, "复盘差评")
    ]
    pairing.plan.refresh_from_db()
    assert pairing.plan.is_open


def test_open_next_steps_go_along_and_all_stay_on_the_talk_of_history(pairing, other, today):
    held = CheckInFactory(pairing=pairing, due_on=pairing.started_on, held=True)
    NextStep.objects.create(checkin=held, text="已做完", done_at=HALF)
    until = today + 3 * DAY
    NextStep.objects.filter(done_at=None).update(due_on=until)

    new = change_mentor(pairing, other, on=today, reason_note="换组")

    steps = NextStep.objects.filter(checkin__pairing=new).values_list("side", "text", "due_on", "done_at")
    assert list(steps) == [("mentee", "独立处理简单退货", until, None)]
    assert [(step.text, step.done_at) for step in held.next_steps.all()] == [
        ("独立处理简单退货", None),
        ("已做完", HALF),
    ]
    assert new.checkins.get().held_on is None


def test_a_step_that_stands_on_several_talks_goes_along_once(pairing, other, today):
    for day in (pairing.started_on, pairing.started_on + DAY):
        CheckInFactory(pairing=pairing, due_on=day, held=True)
    planned = CheckInFactory(pairing=pairing, due_on=today + 3 * DAY)
    planned.next_steps.create(text="独立处理简单退货")
    planned.next_steps.create(text="听录音")

    for _ in range(2):
        change_mentor(pairing, other, on=today, reason_note="换组")

    assert [step.text for step in planned.next_steps.all()] == ["独立处理简单退货", "听录音"]
    assert NextStep.objects.filter(checkin__pairing=pairing).count() == 2


@pytest.mark.parametrize(("side", "stays"), [("mentor", False), ("mentee", True)])
def test_another_day_that_the_old_mentor_asked_for_is_given_up(pairing, other, today, side, stays):
    planned = CheckInFactory(pairing=pairing, due_on=today + 3 * DAY)
    planned.wanted_on, planned.wanted_by, planned.wanted_why = today + 5 * DAY, getattr(pairing, side), "出差"
    planned.save()

    change_mentor(pairing, other, on=today, reason_note="换组")

    planned.refresh_from_db()
    expected = (today + 5 * DAY, pairing.mentee, "出差") if stays else (None, None, "")
    assert (planned.wanted_on, planned.wanted_by, planned.wanted_why) == expected


def test_agreement_is_to_be_agreed_on_anew(mentor, mentee, other, today):
    pairing = PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today - WEEK, agreed=True)

    assert not change_mentor(pairing, other, on=today, reason_note="换组").is_agreed


def test_all_three_are_told(pairing, mentor, mentee, other, today):
    change_mentor(pairing, other, on=today, reason_note="换组")

    told = set(Notice.objects.values_list("person", "kind"))
    assert told == {
        (mentor.pk, "pairing_ended"),
        (mentee.pk, "pairing_ended"),
        (other.pk, "pairing_started"),
        (mentee.pk, "pairing_started"),
    }


def test_changing_twice_returns_the_same_pairing(pairing, other, today):
    first = change_mentor(pairing, other, on=today, reason_note="换组")

    assert change_mentor(pairing, other, on=today, reason_note="再点一次") == first
    assert Pairing.objects.count() == 2


def test_pairing_of_today_is_changed_today(mentor, mentee, other, today):
    pairing = PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today)

    assert change_mentor(pairing, other, on=today, reason_note="选错了").started_on == today


def test_mentor_is_changed_before_the_start_and_the_planned_day_stays(mentor, mentee, other, today):
    pairing = PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today + 5 * DAY)
    CheckInFactory(pairing=pairing, due_on=today + 9 * DAY)

    new = change_mentor(pairing, other, on=today, reason_note="导师离职")
    again = change_mentor(pairing, other, on=today, reason_note="再点一次")

    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason) == (today + 5 * DAY, "changed")
    assert (new.started_on, new.plan, new.plan.is_open, new.planned_end) == (
        *(today + 5 * DAY, pairing.plan, True),
        pairing.planned_end,
    )
    assert [row.due_on for row in new.checkins.all()] == [today + 9 * DAY]
    assert again == new


def test_past_the_planned_end_the_new_pairing_is_planned_until_today(mentor, mentee, other, today):
    pairing = PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today - 40 * DAY)

    assert change_mentor(pairing, other, on=today, reason_note="延误").planned_end == today


def test_full_mentor_is_refused_and_nothing_half_done(pairing, today, refusal_of):
    full = MentorProfileFactory(full=True).person

    assert refusal_of(change_mentor, pairing, full, on=today, reason_note="") == ("mentor", "mentor_full")
    pairing.refresh_from_db()
    assert pairing.is_open


def test_same_mentor_is_no_change(pairing, mentor, today, refusal_of):
    assert refusal_of(change_mentor, pairing, mentor, on=today, reason_note="") == ("mentor", "same_mentor")


def test_ended_pairing_gets_no_other_mentor(pairing, other, today, refusal_of):
    end_pairing(pairing, reason=EndReason.OTHER, on=today)

    assert refusal_of(change_mentor, pairing, other, on=today, reason_note="") == (None, "pairing_ended")


def test_extension_moves_the_end_of_both_and_what_is_not_signed(pairing, supervisor):
    signed, late = JobTaskFactory(plan=pairing.plan, done=True), JobTaskFactory(plan=pairing.plan, week=3)
    until = pairing.planned_end + WEEK

    extend(pairing, until, reason="病假两周", by=supervisor, at=HALF)

    found = Pairing.objects.select_related("plan").get()
    assert (found.planned_end, found.plan.ends_on) == (until, until)
    dues = {task.pk: task.due_on for task in pairing.plan.tasks.all()}
    assert dues == {signed.pk: signed.due_on, late.pk: late.due_on + WEEK}
    assert list(Extension.objects.values_list("before", "after", "reason", "by")) == [
        (pairing.planned_end, until, "病假两周", supervisor.pk)
    ]
    assert set(Notice.objects.values_list("person", "kind", "facts__until")) == {
        (pairing.mentor_id, "pairing_extended", until.isoformat()),
        (pairing.mentee_id, "pairing_extended", until.isoformat()),
    }


def test_extending_takes_back_both_yeses(mentor, mentee, hr, today):
    pairing = PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today, agreed=True)

    assert not extend(pairing, pairing.planned_end + WEEK, reason="病假", by=hr, at=HALF).is_agreed


def test_extending_twice_gives_the_time_once(pairing, hr):
    for _twice in range(2):
        extend(pairing, pairing.planned_end + WEEK, reason="病假", by=hr, at=HALF)

    assert Extension.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "reason", "expected"),
    [
        (0, "病假", ("until", "not_longer")),
        (-1, "病假", ("until", "not_longer")),
        (400, "病假", ("until", "too_long")),
        (7, " ", ("reason", "reason_missing")),
    ],
)
def test_impossible_extension_is_refused(pairing, hr, refusal_of, days, reason, expected):
    until = pairing.planned_end + days * DAY

    assert refusal_of(extend, pairing, until, reason=reason, by=hr, at=HALF) == expected
    assert Extension.objects.count() == 0


def test_mentor_mentee_and_strange_supervisors_extend_nothing(pairing, mentor, mentee, hire, refusal_of):
    stranger = hire("supervisor", department="sales")
    for by in (mentor, mentee, stranger):
        asked = refusal_of(extend, pairing, pairing.planned_end + WEEK, reason="想", by=by, at=HALF)
        assert asked == (None, "not_yours")


def test_pairing_without_an_end_has_none_to_move(mentor, mentee, hr, today, refusal_of):
    pairing = Pairing.objects.create(mentor=mentor, mentee=mentee, started_on=today)

    assert refusal_of(extend, pairing, today + WEEK, reason="病假", by=hr, at=HALF) == ("until", "no_end")
