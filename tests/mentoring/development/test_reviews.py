from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import transaction

from mentoring.development.models import PlanReview
from mentoring.development.reviews import Talk, hold, remind, review_days, schedule
from mentoring.development.tasks import remind_of_reviews
from tests.factories.growth import PlanActionFactory, PlanFactory, PlanReviewFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DUE = date(2026, 9, 1)
NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
TALK = Talk(DUE, "升级投诉已能独立处理", "下季度带一名新人")


@pytest.fixture
def plan(agent, supervisor):
    plan = PlanFactory(person=agent, partner=supervisor, agreed=True)
    schedule(plan)
    return plan


def refused(act):
    before = list(PlanReview.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert list(PlanReview.objects.order_by("pk").values()) == before
    return refusal.value.field, refusal.value.code


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ((2026, 6, 1), (2027, 5, 31), [(2026, 9, 1), (2026, 12, 1), (2027, 3, 1)]),
        ((2026, 8, 31), (2027, 8, 30), [(2026, 11, 30), (2027, 2, 28), (2027, 5, 31)]),
        ((2027, 11, 30), (2028, 5, 30), [(2028, 2, 29), (2028, 5, 30)]),
        ((2026, 6, 1), (2026, 8, 1), [(2026, 8, 1)]),
    ],
    ids=["on the first", "on the last of a month", "in a leap year", "shorter than a quarter"],
)
def test_reviews_are_due_every_three_months(first, last, days):
    assert review_days(date(*first), date(*last)) == [date(*day) for day in days]


@pytest.mark.parametrize("offset", range(0, 365, 17))
def test_review_days_are_those_of_the_calendar(offset):
    first = date(2026, 1, 1) + timedelta(days=offset)
    last = first + relativedelta(years=2)

    assert review_days(first, last) == [first + relativedelta(months=3 * n) for n in range(1, 9)]


def test_holding_notes_it_tells_the_person_and_carries_open_actions_on(plan, agent, supervisor):
    late = PlanActionFactory(plan=plan, due_on=date(2026, 8, 1))
    done = PlanActionFactory(plan=plan, due_on=date(2026, 8, 2), done_at=NOON)
    later = PlanActionFactory(plan=plan, due_on=date(2027, 1, 1))

    held = hold(plan.reviews.first(), TALK, by=supervisor, at=NOON)

    assert (held.held_on, held.by, held.note, held.next_steps) == (DUE, supervisor, TALK.note, TALK.next_steps)
    assert [type(row).objects.get(pk=row.pk).due_on for row in (late, done, later)] == [
        date(2026, 12, 1),
        date(2026, 8, 2),
        date(2027, 1, 1),
    ]
    assert list(Notice.objects.values_list("person", "kind", "facts__note")) == [
        (agent.pk, "plan_review_held", "下季度带一名新人")
    ]
    plan.refresh_from_db()
    assert plan.state == "agreed"


def test_after_the_last_review_open_actions_go_on_to_the_end(plan, supervisor):
    plan.reviews.filter(due_on__gt=DUE).delete()
    action = PlanActionFactory(plan=plan, due_on=date(2026, 8, 1))

    hold(plan.reviews.get(), TALK, by=supervisor, at=NOON)

    action.refresh_from_db()
    assert action.due_on == plan.ends_on


@pytest.mark.parametrize(
    ("talk", "field", "code"),
    [
        (Talk(date(2026, 9, 2), "明天"), "held_on", "held_in_future"),
        (Talk(date(2026, 5, 31), "太早"), "held_on", "held_before_begin"),
        (Talk(DUE, "   "), "note", "note_missing"),
    ],
    ids=["tomorrow", "before the plan", "nothing said"],
)
def test_review_that_cannot_have_been_is_refused_at_its_field(plan, supervisor, talk, field, code):
    assert refused(lambda: hold(plan.reviews.first(), talk, by=supervisor, at=NOON)) == (field, code)


def test_no_two_reviews_on_a_day_and_none_is_held_twice(plan, supervisor):
    first, second, _third = plan.reviews.all()
    hold(first, TALK, by=supervisor, at=NOON)

    assert refused(lambda: hold(second, TALK, by=supervisor, at=NOON)) == ("held_on", "held_twice_a_day")
    assert refused(lambda: hold(first, TALK, by=supervisor, at=NOON)) == ("held_on", "held")


def test_the_person_alone_and_strangers_hold_no_review(plan, agent, hire):
    for who in (agent, hire(), hire(Role.SUPERVISOR, department="sales")):
        assert refused(lambda by=who: hold(plan.reviews.first(), TALK, by=by, at=NOON)) == (None, "not_yours")
    assert hold(plan.reviews.first(), TALK, by=hire(Role.HR), at=NOON).held_on == DUE


def test_closed_plan_holds_no_review(plan, supervisor):
    plan.closed_at = NOON
    plan.save()

    assert refused(lambda: hold(plan.reviews.first(), TALK, by=supervisor, at=NOON)) == (None, "plan_closed")


def test_both_are_reminded_a_week_before_and_once(plan, agent, supervisor):
    told = [remind(on=date(2026, 8, day)) for day in (24, 25, 26)]

    assert told == [0, 2, 0]
    assert set(Notice.objects.values_list("person", "kind")) == {
        (agent.pk, "plan_review_near"),
        (supervisor.pk, "plan_review_near"),
    }
    assert plan.reviews.first().reminded_on == date(2026, 8, 25)


def test_overdue_review_is_escalated_to_hr_once(plan, supervisor, hire):
    hr = hire(Role.HR)
    remind(on=date(2026, 8, 25))
    Notice.objects.all().delete()

    assert [remind(on=date(2026, 9, day)) for day in (1, 2, 3)] == [0, 2, 0]
    assert set(Notice.objects.values_list("person", "kind")) == {
        (hr.pk, "plan_review_late"),
        (supervisor.pk, "plan_review_late"),
    }


def test_neither_held_reviews_nor_closed_plans_are_reminded_of(plan, supervisor):
    hold(plan.reviews.first(), TALK, by=supervisor, at=NOON)
    PlanReviewFactory(due_on=DUE, plan__closed_at=NOON)
    Notice.objects.all().delete()

    assert remind(on=date(2026, 9, 5)) == 0


def test_the_clock_reminds(db):
    assert remind_of_reviews() == 0
