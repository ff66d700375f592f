from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from courses.checklists.actions import (
    ItemDraft,
    checklist_of,
    mark_ready,
    save_checklist,
    sign,
    take_back,
)
from courses.checklists.kind import copy, problems, rule
from courses.checklists.state import standing_of
from courses.checklists.waiting import waiting_for
from courses.models import SignOff, UnitProgress
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, checklist_unit, enrolled
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def checklist():
    return checklist_unit()


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, department="disputes")


@pytest.fixture
def enrolment(trainee, checklist):
    return enrolled(trainee, checklist.unit)


@pytest.fixture
def boss(hire):
    return hire(Role.SUPERVISOR, department="care", name="周主管")


@pytest.fixture
def items(checklist):
    return list(checklist.items.all())


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def done(enrolment, item, by, at=NINE):
    return sign(enrolment, item, "done", by=by, at=at)


def results():
    return list(SignOff.objects.order_by("pk").values_list("result", flat=True))


class TestReady:
    def test_twice_is_once_and_waits_for_those_who_see_the_person(self, enrolment, items, boss, hire):
        for item in (items[0], items[0], items[1]):
            mark_ready(enrolment, item, at=NINE)

        elsewhere = hire(Role.SUPERVISOR, department="sales")
        assert results() == ["ready", "ready"]
        assert [(row["enrolment"], row["waiting"]) for row in waiting_for(boss)] == [(enrolment.pk, 2)]
        assert [list(waiting_for(person)) for person in (elsewhere, enrolment.person)] == [[], []]

    def test_after_not_yet_one_is_ready_again(self, enrolment, items, boss):
        mark_ready(enrolment, items[0], at=NINE)
        sign(enrolment, items[0], "not_yet", by=boss, at=NINE, note="漏了核对电话")

        mark_ready(enrolment, items[0], at=NINE)

        assert results() == ["ready", "not_yet", "ready"]
        assert Notice.objects.get().kind == "sign_off_not_yet"

    def test_item_of_another_course_is_refused(self, enrolment):
        other = checklist_unit("别的").items.first()

        assert refusal(mark_ready, enrolment, other, at=NINE) == "item_of_other"


class TestSign:
    def test_last_required_item_completes_the_unit(self, enrolment, items, boss, trainee):
        completed = []
        for item in items[:2]:
            done(enrolment, item, boss)
            completed.append(UnitProgress.objects.filter(completed_at__isnull=False).count())

        assert completed == [0, 1]
        assert [state.is_done for state in standing_of(enrolment, items[0].checklist).items] == [True, True, False]
        enrolment.refresh_from_db()
        assert enrolment.completed_at == NINE
        assert list(Notice.objects.filter(person=trainee).values_list("kind", flat=True)) == ["checklist_complete"]

    def test_twice_is_once(self, enrolment, items, boss):
        assert done(enrolment, items[0], boss) == done(enrolment, items[0], boss)
        assert results() == ["done"]

    def test_what_is_done_is_not_made_undone_by_not_yet(self, enrolment, items, boss):
        done(enrolment, items[0], boss)

        code = refusal(sign, enrolment, items[0], "not_yet", by=boss, at=NINE, note="再看")
        assert (code, results()) == ("signed_already", ["done"])

    @pytest.mark.parametrize(("result", "code"), [("not_yet", "note_missing"), ("ready", "bad_result")])
    def test_not_yet_needs_a_note_and_readiness_is_not_for_signers(self, enrolment, items, boss, result, code):
        assert refusal(sign, enrolment, items[0], result, by=boss, at=NINE) == code

    def test_nobody_signs_for_himself(self, checklist, items, hire):
        both = hire(Role.TRAINEE, Role.SUPERVISOR)

        assert refusal(done, enrolled(both, checklist.unit), items[0], both) == "own_work"

    @pytest.mark.parametrize(
        ("role", "department"), [(Role.SUPERVISOR, "sales"), (Role.MENTOR, "care"), (Role.HR, "care")]
    )
    def test_who_does_not_guide_the_person_is_refused(self, enrolment, items, hire, role, department):
        assert refusal(done, enrolment, items[0], hire(role, department=department)) == "not_yours"

    def test_withdrawn_and_completed_courses_stay(self, enrolment, items, boss):
        enrolment.completed_at = NINE
        enrolment.save()

        assert refusal(done, enrolment, items[0], boss) == "enrolment_not_open"

    def test_facts_stay_whatever_is_tried(self, enrolment, items, boss):
        done(enrolment, items[0], boss)

        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            SignOff.objects.update(note="anders")


class TestTakeBack:
    def test_same_day_adds_a_fact_and_the_item_waits_again(self, enrolment, items, boss):
        fact = done(enrolment, items[0], boss)

        for _repeat in range(2):
            take_back(fact, by=boss, at=NINE)

        assert results() == ["done", "undone"]
        assert [row["waiting"] for row in waiting_for(boss)] == [1]

    def test_reopens_the_unit_while_the_course_goes_on(self, enrolment, checklist, items, boss):
        UnitFactory(course=checklist.unit.course)
        done(enrolment, items[0], boss)
        last = done(enrolment, items[1], boss)
        states = [UnitProgress.objects.get().completed_at]

        take_back(last, by=boss, at=NINE)
        states.append(UnitProgress.objects.get().completed_at)

        assert states == [NINE, None]

    def test_another_day_and_another_person_are_refused(self, enrolment, items, boss, hire):
        fact = done(enrolment, items[0], boss)

        other = hire(Role.SUPERVISOR, department="care")
        assert refusal(take_back, fact, by=boss, at=NINE + DAY) == "too_late"
        assert refusal(take_back, fact, by=other, at=NINE) == "too_late"
        assert results() == ["done"]

    def test_of_a_completed_course_is_refused(self, enrolment, items, boss):
        facts = [done(enrolment, item, boss) for item in items[:2]]

        assert refusal(take_back, facts[1], by=boss, at=NINE) == "enrolment_not_open"


class TestSave:
    def test_item_whose_text_stays_is_the_same_item(self, checklist, items):
        drafts = [ItemDraft("登记一张退货工单", "新提示"), ItemDraft("回访一位客户")]

        save_checklist(checklist, introduction="", items=drafts)

        kept = list(checklist.items.values_list("text", "hint"))
        assert kept == [("登记一张退货工单", "新提示"), ("回访一位客户", "")]
        assert checklist.items.get(text="登记一张退货工单").pk == items[1].pk

    def test_signed_item_is_not_taken_out(self, checklist, enrolment, items, boss):
        done(enrolment, items[0], boss)

        code = refusal(save_checklist, checklist, introduction="", items=[ItemDraft("别的")])
        assert (code, checklist.items.count()) == ("item_signed", 3)

    def test_item_twice_is_refused(self, checklist):
        assert refusal(save_checklist, checklist, introduction="", items=[ItemDraft("一")] * 2) == "item_twice"


class TestKind:
    def test_needs_a_required_item(self, checklist):
        bare = UnitFactory(kind="checklist")

        assert (len(problems(bare)), problems(checklist.unit)) == (1, [])

    def test_copy_has_the_same_items(self, checklist):
        new = UnitFactory(kind="checklist", course=checklist.unit.course)

        copy(checklist.unit, new)

        items = [list(c.items.values_list("text", "hint", "is_required")) for c in (checklist, checklist_of(new))]
        assert items[0] == items[1]
        assert rule(new)
