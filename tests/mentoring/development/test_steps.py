from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from courses.enrolment.actions import complete_many, enrol
from courses.models import Enrolment
from mentoring.development.actions import agree
from mentoring.development.models import PlanAction
from mentoring.development.steps import ActionDraft, add_actions, change_action, finish_action, remove_action
from mentoring.pairings.actions import end_pairing
from mentoring.rotation.hooks import finished
from tests.factories.courses import CourseFactory, UnitFactory
from tests.factories.growth import OfferFactory, PlanActionFactory, PlanFactory, RotationFactory
from tests.factories.mentoring import PairingFactory
from tests.mentoring.development.conftest import JUNE
from trainingsite.core.errors import Refused

AUGUST = date(2026, 8, 1)
LATER = datetime(2026, 7, 20, 2, tzinfo=UTC)


@pytest.fixture
def plan(agent, supervisor):
    return PlanFactory(person=agent, partner=supervisor)


@pytest.fixture
def agreed(agent, supervisor):
    return PlanFactory(person=agent, partner=supervisor, agreed=True)


@pytest.fixture
def course(db):
    return UnitFactory(course=CourseFactory(title="投诉闭环六步法")).course


def refused(act):
    before = list(PlanAction.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert list(PlanAction.objects.order_by("pk").values()) == before
    return refusal.value.field, refusal.value.code


def both_agree(plan, at=JUNE):
    for person in (plan.person, plan.partner):
        agree(plan, by=person, at=at)


def test_course_gives_its_title_and_what_is_of_another_kind_is_left_out(plan, agent, course):
    draft = ActionDraft("course", "", AUGUST, course=course, offer=OfferFactory())

    [action] = add_actions(plan, [draft], by=agent, at=JUNE)

    assert (action.text, action.course, action.offer) == ("投诉闭环六步法", course, None)


def test_same_action_is_there_once(plan, agent, course):
    drafts = [ActionDraft("course", "", AUGUST, course=course), ActionDraft("task", "带一名新人", AUGUST)]

    assert [len(add_actions(plan, drafts, by=agent, at=JUNE)) for _ in range(2)] == [2, 0]


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (ActionDraft("course", "学一门课", AUGUST), "course", "course_missing"),
        (ActionDraft("task", "  ", AUGUST), "text", "text_missing"),
        (ActionDraft("task", "太早", date(2026, 5, 31)), "due_on", "due_outside_plan"),
        (ActionDraft("task", "太晚", date(2027, 6, 1)), "due_on", "due_outside_plan"),
    ],
    ids=["no course", "no text", "before the plan", "after the plan"],
)
def test_action_that_cannot_be_is_refused_at_its_field(plan, agent, draft, field, code):
    assert refused(lambda: add_actions(plan, [draft], by=agent, at=JUNE)) == (field, code)


@pytest.mark.parametrize("done", [JUNE, datetime(2024, 6, 2, tzinfo=UTC)], ids=["lately", "long ago"])
def test_course_that_was_completed_lately_is_refused(plan, agent, course, done):
    complete_many([(enrol(agent, course, on=date(2024, 6, 1)), done)])
    draft = ActionDraft("course", "", AUGUST, course=course)

    if done == JUNE:
        assert refused(lambda: add_actions(plan, [draft], by=agent, at=JUNE)) == ("course", "course_done")
    else:
        assert len(add_actions(plan, [draft], by=agent, at=JUNE)) == 1


def test_action_whose_course_was_completed_meanwhile_can_still_be_moved(plan, agent, course):
    [action] = add_actions(plan, [ActionDraft("course", "", AUGUST, course=course)], by=agent, at=JUNE)
    complete_many([(enrol(agent, course, on=JUNE.date()), JUNE)])

    moved = change_action(action, ActionDraft("course", "", date(2026, 9, 1), course=course), by=agent, at=JUNE)

    assert moved.due_on == date(2026, 9, 1)


def test_foreign_pairing_is_refused(plan, agent):
    draft = ActionDraft("mentor", "一对一带教", AUGUST, pairing=PairingFactory())

    assert refused(lambda: add_actions(plan, [draft], by=agent, at=JUNE)) == ("pairing", "foreign_pairing")


def test_strangers_add_nothing(plan, hire):
    draft = ActionDraft("task", "带一名新人", AUGUST)

    assert refused(lambda: add_actions(plan, [draft], by=hire(), at=JUNE)) == (None, "not_yours")


def test_every_change_of_an_agreed_plan_asks_both_again(agreed, agent):
    action = PlanActionFactory(plan=agreed)
    acts = [
        lambda: add_actions(agreed, [ActionDraft("task", "带一名新人", AUGUST)], by=agent, at=JUNE),
        lambda: change_action(action, ActionDraft("task", "每周复盘两通", AUGUST), by=agent, at=JUNE),
        lambda: remove_action(action, by=agent, at=JUNE),
    ]
    for act in acts:
        both_agree(agreed)
        act()
        agreed.refresh_from_db()
        assert agreed.state == "draft"


def test_the_same_again_changes_nothing(agreed, agent):
    action = PlanActionFactory(plan=agreed)

    change_action(action, ActionDraft("task", action.text, AUGUST), by=agent, at=JUNE)

    agreed.refresh_from_db()
    assert agreed.state == "agreed"


def test_what_is_done_stays(agreed, agent):
    action = PlanActionFactory(plan=agreed, done_at=JUNE)

    assert refused(lambda: remove_action(action, by=agent, at=JUNE)) == (None, "done")
    assert refused(lambda: change_action(action, ActionDraft("task", "x", AUGUST), by=agent, at=JUNE)) == (None, "done")


def test_removing_twice_is_harmless(plan, agent):
    action = PlanActionFactory(plan=plan)
    for _ in range(2):
        remove_action(action, by=agent, at=JUNE)

    assert plan.actions.count() == 0


def test_agreement_enrols_and_completion_does_the_action(plan, agent, course):
    [action] = add_actions(plan, [ActionDraft("course", "", AUGUST, course=course)], by=agent, at=JUNE)
    both_agree(plan)
    enrolment = Enrolment.objects.get(person=agent, course=course)
    assert (enrolment.due_on, enrolment.assigned_on) == (AUGUST, JUNE.date())

    complete_many([(enrolment, LATER)])

    action.refresh_from_db()
    assert (action.enrolment, action.done_at) == (enrolment, LATER)


def test_course_that_is_open_already_is_followed(plan, agent, course):
    held = enrol(agent, course, on=date(2026, 5, 1))
    [action] = add_actions(plan, [ActionDraft("course", "", AUGUST, course=course)], by=agent, at=JUNE)
    both_agree(plan)

    action.refresh_from_db()
    assert (action.enrolment, Enrolment.objects.count()) == (held, 1)


def test_course_done_since_the_plan_began_counts(plan, agent, course):
    held = enrol(agent, course, on=date(2026, 6, 1))
    [action] = add_actions(plan, [ActionDraft("course", "", AUGUST, course=course)], by=agent, at=JUNE)
    complete_many([(held, JUNE)])
    both_agree(plan)

    action.refresh_from_db()
    assert (action.done_at, Enrolment.objects.count()) == (JUNE, 1)


def test_agreeing_again_after_a_change_enrols_once(plan, agent, course):
    add_actions(plan, [ActionDraft("course", "", AUGUST, course=course)], by=agent, at=JUNE)
    both_agree(plan)
    add_actions(plan, [ActionDraft("task", "带一名新人", AUGUST)], by=agent, at=JUNE)
    both_agree(plan)

    assert Enrolment.objects.count() == 1


def test_time_with_the_mentor_is_done_when_the_pairing_ends(plan, agent):
    pairing = PairingFactory(mentee=agent)
    [action] = add_actions(plan, [ActionDraft("mentor", "一对一带教", AUGUST)], by=agent, at=JUNE)
    both_agree(plan)
    action.refresh_from_db()
    assert (action.pairing, action.done_at) == (pairing, None)

    end_pairing(pairing, reason="reached", on=date(2026, 7, 20))

    action.refresh_from_db()
    assert action.done_at.date() == date(2026, 7, 20)


def test_rotation_of_the_offer_does_the_action(agreed, agent):
    rotation = RotationFactory(person=agent, state="finished")
    action = PlanActionFactory(plan=agreed, kind="rotation", offer=rotation.offer)
    other = PlanActionFactory(plan=agreed, kind="rotation", offer=OfferFactory())

    finished([rotation.pk], LATER)

    action.refresh_from_db()
    other.refresh_from_db()
    assert (action.done_at, other.done_at) == (LATER, None)


def test_person_and_partner_tick_off_and_take_it_back(agreed, agent, supervisor):
    action = PlanActionFactory(plan=agreed)

    done = finish_action(action, by=agent, at=JUNE, result=" 已复盘八通 ")
    again = finish_action(action, by=supervisor, at=LATER)
    undone = finish_action(action, by=supervisor, at=LATER, done=False)

    assert [(row.done_at, row.result) for row in (done, again, undone)] == [
        (JUNE, "已复盘八通"),
        (JUNE, "已复盘八通"),
        (None, ""),
    ]


def test_others_do_not_tick_off(agreed, hire):
    action = PlanActionFactory(plan=agreed)

    assert refused(lambda: finish_action(action, by=hire(), at=JUNE)) == (None, "not_yours")


def test_nothing_is_ticked_off_before_both_agree_or_before_it_begins(supervisor):
    before = datetime(2026, 5, 30, tzinfo=UTC)
    early = PlanActionFactory(plan=PlanFactory(partner=supervisor, agreed=True))

    assert refused(lambda: finish_action(early, by=supervisor, at=before)) == (None, "not_begun")
    draft = PlanActionFactory(plan=PlanFactory(partner=supervisor))
    assert refused(lambda: finish_action(draft, by=supervisor, at=JUNE)) == (None, "not_agreed")


def test_a_course_is_not_ticked_off_by_hand(agreed, agent, course):
    action = PlanActionFactory(plan=agreed, kind="course", course=course)

    assert refused(lambda: finish_action(action, by=agent, at=JUNE)) == (None, "follows")
