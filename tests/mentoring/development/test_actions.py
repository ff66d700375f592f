from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from mentoring.development.actions import agree, close_plan, edit_plan, open_plan
from mentoring.development.models import DevelopmentPlan
from mentoring.development.steps import ActionDraft, add_actions
from tests.factories.growth import PlanActionFactory, PlanFactory
from tests.mentoring.development.conftest import JUNE
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

TASK = ActionDraft("task", "每周复盘一通升级电话", date(2026, 8, 1))


def refused(act):
    """Field and code of the refusal, and that nothing was changed by it."""
    before = list(DevelopmentPlan.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert list(DevelopmentPlan.objects.order_by("pk").values()) == before
    return refusal.value.field, refusal.value.code


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_plan_of_a_year_has_a_review_every_quarter_and_the_other_side_is_told(agent, supervisor, draft):
    plan = open_plan(agent, draft, by=agent)

    days = [date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1)]
    assert list(plan.reviews.values_list("due_on", flat=True)) == days
    assert (plan.state, plan.wishes, told(supervisor), told(agent)) == (
        "draft",
        "想独立处理升级投诉",
        ["plan_opened"],
        [],
    )


def test_supervisor_makes_a_plan_and_the_person_is_told(agent, supervisor, draft):
    open_plan(agent, draft, by=supervisor)

    assert (told(agent), told(supervisor)) == (["plan_opened"], [])


def test_one_open_plan_a_person(agent, draft):
    open_plan(agent, draft, by=agent)

    assert refused(lambda: open_plan(agent, draft, by=agent)) == (None, "has_plan")


def test_after_a_closed_plan_comes_another(agent, supervisor, draft):
    close_plan(open_plan(agent, draft, by=agent), note="达成", by=supervisor, at=JUNE)

    assert open_plan(agent, draft, by=agent).state == "draft"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"ends_on": date(2026, 6, 1)}, "ends_on", "ends_before_begin"),
        ({"ends_on": date(2031, 6, 1)}, "ends_on", "too_long"),
    ],
)
def test_days_that_cannot_be_are_refused(agent, draft, changes, field, code):
    assert refused(lambda: open_plan(agent, replace(draft, **changes), by=agent)) == (field, code)


def test_nobody_agrees_with_oneself_or_with_who_has_left(agent, hire, draft):
    gone = hire(Role.SUPERVISOR, is_active=False)

    assert refused(lambda: open_plan(agent, replace(draft, partner=agent), by=agent)) == ("partner", "own_partner")
    assert refused(lambda: open_plan(agent, replace(draft, partner=gone), by=agent)) == ("partner", "partner_left")


def test_strangers_make_no_plan_for_others(agent, hire, draft):
    for stranger in (hire(), hire(Role.SUPERVISOR, department="sales"), hire(Role.MENTOR)):
        assert refused(lambda who=stranger: open_plan(agent, draft, by=who)) == (None, "not_yours")
    assert open_plan(agent, draft, by=hire(Role.HR)).person == agent


def test_both_agree_in_either_order(agent, supervisor, draft):
    plan = open_plan(agent, draft, by=agent)
    add_actions(plan, [TASK], by=agent, at=JUNE)

    half = agree(plan, by=supervisor, at=JUNE)
    full = agree(plan, by=agent, at=JUNE + timedelta(hours=1))

    assert (half.state, full.state) == ("half", "agreed")
    assert (told(agent), told(supervisor)) == (["plan_to_agree", "plan_agreed"], ["plan_opened", "plan_agreed"])


def test_agreeing_twice_changes_nothing(agent, draft):
    plan = open_plan(agent, draft, by=agent)
    add_actions(plan, [TASK], by=agent, at=JUNE)

    first, again = (agree(plan, by=agent, at=JUNE + timedelta(days=day)) for day in (0, 1))

    assert (first.person_agreed_at, again.person_agreed_at) == (JUNE, JUNE)


def test_others_do_not_agree(agent, hire, draft):
    plan = open_plan(agent, draft, by=agent)
    add_actions(plan, [TASK], by=agent, at=JUNE)

    assert refused(lambda: agree(plan, by=hire(Role.HR), at=JUNE)) == (None, "not_asked")
    assert refused(lambda: agree(plan, by=hire(), at=JUNE)) == (None, "not_yours")


def test_nothing_is_agreed_on_without_action_or_partner(agent, draft):
    plan = open_plan(agent, replace(draft, partner=None), by=agent)
    assert refused(lambda: agree(plan, by=agent, at=JUNE)) == ("partner", "no_partner")

    edit_plan(plan, draft, by=agent, at=JUNE)
    assert refused(lambda: agree(plan, by=agent, at=JUNE)) == (None, "no_action")


def test_a_change_asks_both_again(agent, supervisor, draft):
    plan = PlanFactory(person=agent, partner=supervisor, agreed=True)

    changed = edit_plan(plan, replace(draft, wishes="想做组长"), by=agent, at=JUNE)

    assert (changed.state, changed.wishes, told(supervisor), told(agent)) == (
        "draft",
        "想做组长",
        ["plan_to_agree"],
        [],
    )


def test_saving_without_a_change_asks_nobody(agent, supervisor, draft):
    plan = PlanFactory(person=agent, partner=supervisor, agreed=True)

    assert edit_plan(plan, draft, by=supervisor, at=JUNE).state == "agreed"


def test_plan_does_not_end_before_its_actions(agent, supervisor, draft):
    plan = PlanFactory(person=agent, partner=supervisor)
    PlanActionFactory(plan=plan, due_on=date(2027, 5, 1))

    act = replace(draft, ends_on=date(2027, 4, 1))
    assert refused(lambda: edit_plan(plan, act, by=agent, at=JUNE)) == ("ends_on", "action_after_end")


def test_new_days_move_the_reviews_that_were_not_held(agent, supervisor, draft):
    plan = open_plan(agent, draft, by=agent)
    first = plan.reviews.first()
    first.held_on = first.due_on
    first.save()

    edit_plan(plan, replace(draft, begins_on=date(2026, 6, 15)), by=agent, at=JUNE)

    assert list(plan.reviews.values_list("due_on", "held_on")) == [
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 9, 15), None),
        (date(2026, 12, 15), None),
        (date(2027, 3, 15), None),
    ]


def test_partner_closes_with_a_note_and_a_repeat_keeps_it(agent, supervisor):
    plan = PlanFactory(person=agent, partner=supervisor, agreed=True)
    assert refused(lambda: close_plan(plan, note=" ", by=supervisor, at=JUNE)) == ("note", "note_missing")
    assert refused(lambda: close_plan(plan, note="好", by=agent, at=JUNE)) == (None, "not_yours")

    closed = [close_plan(plan, note=note, by=supervisor, at=JUNE).closing_note for note in ("已独立处理升级", "再说")]

    assert (closed, told(agent)) == (["已独立处理升级", "已独立处理升级"], ["plan_closed"])


def test_closed_plan_is_not_changed(agent, supervisor, draft):
    plan = close_plan(PlanFactory(person=agent, partner=supervisor), note="转岗", by=supervisor, at=JUNE)

    assert refused(lambda: edit_plan(plan, draft, by=agent, at=JUNE)) == (None, "plan_closed")
    assert refused(lambda: add_actions(plan, [TASK], by=agent, at=JUNE)) == (None, "plan_closed")
