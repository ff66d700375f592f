from datetime import UTC, date, datetime

import pytest

from mentoring.board.reasons import reasons_of
from mentoring.board.states import State, counts, with_state, worst_first
from mentoring.models import Away, MentorProfile, Pairing
from tests.mentoring.board.conftest import DAY, MONDAY, RULE, TODAY, evaluate, hold, sign
from trainingsite.people.models import RoleGrant

pytestmark = pytest.mark.django_db


def judged(pairing, *, on=TODAY, rule=RULE):
    """The state of the pair and why, in English."""
    row = with_state(Pairing.objects.filter(pk=pairing.pk), on=on, rule=rule).select_related("mentor").get()
    return State(row.state), [reason.text for reason in reasons_of(row, on=on)]


def test_a_pair_that_keeps_its_dates_is_on_track(couple):
    assert judged(couple()) == (State.ON_TRACK, [])


def test_a_pair_that_begins_today_is_on_track_before_it_has_agreed(couple):
    pairing = couple(started_on=TODAY, agreed=False, half=False)
    assert judged(pairing) == (State.ON_TRACK, [])


def test_tasks_of_weeks_that_are_over_make_it_late_with_their_number(couple):
    assert judged(couple(tasks=[(2, 3), (3, 2)])) == (State.LATE, ["3 tasks of week 2 not signed"])


def test_one_task_of_the_week_is_said_in_the_singular(couple):
    assert judged(couple(tasks=[(2, 1)])) == (State.LATE, ["1 task of week 2 not signed"])


def test_tasks_that_wait_for_longer_than_the_rule_says_put_it_at_risk(couple):
    assert judged(couple(tasks=[(1, 2), (2, 2)])) == (State.AT_RISK, ["4 tasks of weeks 1–2 not signed"])


def test_signed_and_optional_tasks_do_not_count(couple):
    pairing = couple(tasks=[(1, 2)])
    first, second = pairing.plan.tasks.all()
    sign(first, pairing.mentor, on=MONDAY)
    second.is_required = False
    second.save()
    assert judged(pairing) == (State.ON_TRACK, [])


@pytest.mark.parametrize(
    ("days", "state", "text"),
    [
        (0, State.ON_TRACK, None),
        (1, State.LATE, "check-in 1 day overdue"),
        (6, State.LATE, "check-in 6 days overdue"),
        (7, State.AT_RISK, "check-in 7 days overdue"),
    ],
)
def test_an_overdue_checkin_says_for_how_many_days(couple, days, state, text):
    assert judged(couple(due=TODAY - days * DAY)) == (state, [text] if text else [])


def test_a_checkin_that_hr_knows_of_says_so(couple):
    pairing = couple(due=TODAY - 5 * DAY)
    pairing.checkins.update(escalated_at=datetime(2026, 6, 14, tzinfo=UTC))
    assert judged(pairing) == (State.LATE, ["check-in 5 days overdue, HR has been told"])


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (1, (State.AT_RISK, ["last check-in: stuck"])),
        (2, (State.LATE, ["last check-in: slower than planned"])),
        (3, (State.ON_TRACK, [])),
    ],
)
def test_the_last_checkin_counts_and_not_the_one_before(couple, progress, expected):
    pairing = couple()
    hold(pairing, on=MONDAY + DAY, progress=1)
    hold(pairing, on=MONDAY + 8 * DAY, progress=progress)
    assert judged(pairing) == expected


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"left_on": TODAY}, "mentor left"),
        ({"is_active": False}, "the mentor may not log in"),
    ],
    ids=["left", "locked"],
)
def test_a_mentor_who_is_gone_puts_it_at_risk(couple, fields, text):
    pairing = couple()
    type(pairing.mentor).objects.filter(pk=pairing.mentor_id).update(**fields)
    assert judged(pairing) == (State.AT_RISK, [text])


def test_a_mentor_who_leaves_tomorrow_is_still_there(couple):
    pairing = couple()
    type(pairing.mentor).objects.filter(pk=pairing.mentor_id).update(left_on=TODAY + DAY)
    assert judged(pairing) == (State.ON_TRACK, [])


def test_a_mentor_who_is_none_any_more_puts_it_at_risk(couple):
    pairing = couple()
    RoleGrant.objects.filter(user=pairing.mentor).delete()
    assert judged(pairing) == (State.AT_RISK, ["the mentor is no mentor any more"])


def test_a_mentor_who_takes_nobody_new_goes_on(couple):
    pairing = couple()
    MentorProfile.objects.filter(person=pairing.mentor).update(is_active=False)
    assert judged(pairing) == (State.ON_TRACK, [])


def test_a_plan_without_evaluations_asks_for_none(couple):
    pairing = couple(half=False)
    pairing.plan.needs_evaluations = False
    pairing.plan.save()
    assert judged(pairing) == (State.ON_TRACK, [])


def test_a_mentor_away_for_a_day_does_not_matter_for_two_weeks_does(couple):
    pairing = couple()
    away = Away.objects.create(person=pairing.mentor, first_day=TODAY, last_day=TODAY + DAY)
    assert judged(pairing) == (State.ON_TRACK, [])
    away.last_day = TODAY + 14 * DAY
    away.save()
    assert judged(pairing) == (State.LATE, ["mentor away until June 30"])


def test_nothing_planned_is_late_but_not_in_the_last_week(couple):
    pairing = couple(due=None)
    assert judged(pairing) == (State.LATE, ["no check-in planned"])
    assert judged(pairing, on=date(2026, 6, 22)) == (State.ON_TRACK, [])


def test_half_time_names_the_side_that_has_not_evaluated(couple):
    pairing = couple(half=False)
    assert judged(pairing, on=pairing.plan.half_time) == (State.ON_TRACK, [])
    after = pairing.plan.half_time + DAY
    assert judged(pairing, on=after) == (State.LATE, ["half-time evaluation missing (both)"])
    evaluate(pairing, "half", "mentor")
    assert judged(pairing, on=after) == (State.LATE, ["half-time evaluation missing (mentee)"])
    evaluate(pairing, "half", "mentee")
    assert judged(pairing, on=after) == (State.ON_TRACK, [])


def test_a_pair_made_after_half_time_is_not_asked_for_what_was_before(couple):
    pairing = couple(half=False)
    pairing.started_on = pairing.plan.half_time + DAY
    pairing.save()
    assert judged(pairing) == (State.ON_TRACK, [])


@pytest.mark.parametrize("weeks", [1, 2, 3, 4, 5])
def test_half_time_in_the_database_is_the_plans(couple, weeks):
    pairing = couple()
    pairing.plan.ends_on = pairing.plan.started_on + (weeks * 5) * DAY
    pairing.plan.save()
    row = with_state(Pairing.objects.all(), on=TODAY, rule=RULE).get()
    assert row.half_time == pairing.plan.half_time


def test_past_the_planned_end_counts_days_and_asks_for_the_last_evaluation(couple):
    pairing = couple()
    evaluate(pairing, "end", "mentee")
    pairing.checkins.update(due_on=date(2026, 7, 10))
    expected = ["2 days past the planned end", "final evaluation missing (mentor)"]
    assert judged(pairing, on=date(2026, 6, 30)) == (State.LATE, expected)
    evaluate(pairing, "end", "mentor")
    assert judged(pairing, on=date(2026, 7, 5)) == (State.AT_RISK, ["7 days past the planned end"])


def test_the_pairings_own_end_goes_before_the_plans(couple):
    pairing = couple(planned_end=date(2026, 7, 31), due=date(2026, 7, 10))
    assert judged(pairing, on=date(2026, 6, 30)) == (State.ON_TRACK, [])


@pytest.mark.parametrize(("signed", "who"), [({"mentor"}, "mentee"), ({"mentee"}, "mentor"), (set(), "both")], ids=str)
def test_an_agreement_that_one_has_not_signed_is_late_after_three_days(couple, signed, who):
    at = {f"{side}_agreed_at": datetime(2026, 6, 15, tzinfo=UTC) for side in signed}
    pairing = couple(agreed=False, **at)
    assert judged(pairing) == (State.LATE, [f"agreement not signed ({who})"])
    assert judged(pairing, on=MONDAY + 2 * DAY) == (State.ON_TRACK, [])


def test_without_a_plan_or_an_end_only_talks_count(couple):
    pairing = couple(plan=None, due=TODAY - DAY, half=False, agreed=False)
    assert judged(pairing) == (State.LATE, ["check-in 1 day overdue"])


def test_the_gravest_reason_comes_first(couple):
    pairing = couple(due=TODAY - DAY, tasks=[(1, 1)])
    assert judged(pairing) == (State.AT_RISK, ["1 task of week 1 not signed", "check-in 1 day overdue"])


def test_the_rule_of_hr_decides_when_it_is_at_risk(couple):
    strict = type(RULE)(pk=1, at_risk_after=2)
    pairing = couple(due=TODAY - 2 * DAY)
    assert judged(pairing)[0] == State.LATE
    assert judged(pairing, rule=strict)[0] == State.AT_RISK


def test_counts_and_order_are_those_of_the_states(couple):
    fine, late = couple(), couple(due=TODAY - 2 * DAY)
    later, risk = couple(due=TODAY - 3 * DAY), couple(due=TODAY - 9 * DAY)
    rows = with_state(Pairing.objects.open(), on=TODAY, rule=RULE)
    assert list(worst_first(rows)) == [risk, later, late, fine]
    assert counts(rows) == {State.ON_TRACK: 1, State.LATE: 2, State.AT_RISK: 1}
    assert list(rows.filter(state=State.AT_RISK)) == [risk]
