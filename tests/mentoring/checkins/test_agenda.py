from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from mentoring.checkins.actions import add_item, remove_item, tick_item
from mentoring.checkins.agenda import MOST, suggestions
from mentoring.checkins.steps import steps_to_talk_about
from mentoring.models import AgendaItem, JobPlan, JobTask
from tests.factories.courses import MONDAY
from tests.factories.mentoring import CheckInFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused

DUE = date(2026, 6, 8)
AT = datetime(2026, 6, 8, 4, tzinfo=UTC)


@pytest.fixture
def checkin(db):
    return CheckInFactory()


@pytest.fixture
def pairing(checkin):
    return checkin.pairing


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def texts(checkin):
    return list(checkin.agenda.values_list("text", "by__name"))


def test_either_adds_and_a_repeat_is_not_doubled(checkin, pairing):
    for text, by in (("退款话术", pairing.mentor), ("  想问   夜班 ", pairing.mentee), ("退款话术", pairing.mentee)):
        add_item(checkin, text, by=by)

    assert texts(checkin) == [("退款话术", "李静"), ("想问 夜班", "王小明")]


def test_nothing_and_too_much_are_refused(checkin, pairing):
    AgendaItem.objects.bulk_create(AgendaItem(checkin=checkin, text=str(number)) for number in range(MOST))

    codes = [refused(lambda text=text: add_item(checkin, text, by=pairing.mentee)) for text in ("  ", "第二十一件")]

    assert (codes, checkin.agenda.count()) == (["empty", "too_many"], MOST)


def test_a_long_one_is_cut_to_fit(checkin, pairing):
    assert len(add_item(checkin, "长" * 300, by=pairing.mentee).text) == 200


@pytest.mark.parametrize(
    ("state", "code"), [({"held": True}, "checkin_held"), ({"pairing__ended": True}, "pairing_ended")]
)
def test_what_is_over_has_no_agenda_to_change(db, state, code):
    checkin = CheckInFactory(**state)
    item = checkin.agenda.create(text="排班")
    mentee = checkin.pairing.mentee

    codes = [refused(lambda: add_item(checkin, "排班二", by=mentee)), refused(lambda: remove_item(item, by=mentee))]

    assert (codes, checkin.agenda.count()) == ([code] * 2, 1)


def test_strangers_change_nothing(checkin):
    item, stranger = checkin.agenda.create(text="排班"), PersonFactory()
    acts = [
        lambda: add_item(checkin, "夜班", by=stranger),
        lambda: tick_item(item, by=stranger, at=AT),
        lambda: remove_item(item, by=stranger),
    ]

    assert [refused(act) for act in acts] == ["not_yours"] * 3
    assert texts(checkin) == [("排班", None)]


def test_ticking_twice_keeps_the_first_moment_and_can_be_taken_back(checkin, pairing):
    item = checkin.agenda.create(text="排班")
    moments = []

    for at, talked in ((AT, True), (AT + timedelta(hours=1), True), (AT, False)):
        tick_item(item, by=pairing.mentor, at=at, talked=talked)
        item.refresh_from_db()
        moments.append(item.talked_at)

    assert moments == [AT, AT, None]


def test_everybody_takes_the_own_away_and_either_what_the_plan_suggested(checkin, pairing):
    own, others = add_item(checkin, "夜班", by=pairing.mentee), add_item(checkin, "话术", by=pairing.mentor)
    suggested = checkin.agenda.create(text="复述诉求")

    code = refused(lambda: remove_item(others, by=pairing.mentee))
    for item in (own, own, suggested):
        remove_item(item, by=pairing.mentee)

    assert (code, texts(checkin)) == ("not_yours", [("话术", "李静")])


def plan(pairing, **values):
    usual = {"title": "八周", "weeks": 8, "started_on": MONDAY, "ends_on": MONDAY + timedelta(days=55)}
    pairing.plan = JobPlan.objects.create(mentee=pairing.mentee, **usual | values)
    pairing.save()
    for week, text in ((1, "旁听十通电话"), (2, "一起写工单"), (2, "一起推荐商品"), (3, "三人同时接待")):
        due = pairing.plan.begins(week + 1) - timedelta(days=1)
        JobTask.objects.create(plan=pairing.plan, week=week, phase="observe", text=text, due_on=due)


def suggested(checkin, on=DUE):
    with translation.override("en"):
        return suggestions(checkin, steps_to_talk_about(checkin)[1], on=on)


def test_nothing_known_suggests_nothing(checkin):
    assert suggested(checkin) == []


def test_tasks_of_the_week_and_open_steps_are_suggested(db):
    pairing = CheckInFactory(held=True, due_on=MONDAY).pairing
    checkin = CheckInFactory(pairing=pairing)
    plan(pairing)
    signed = JobTask.objects.filter(text="一起写工单")
    signed.update(mentee_signed_at=AT, mentor_signed_at=AT, mentor=pairing.mentor, done_on=DUE)

    assert suggested(checkin) == ["一起推荐商品", "独立处理简单退货"]


def test_what_is_on_the_agenda_is_not_suggested_again(checkin, pairing):
    plan(pairing)
    add_item(checkin, "一起写工单", by=pairing.mentor)

    assert suggested(checkin) == ["一起推荐商品"]


def test_an_evaluation_that_is_open_is_suggested_at_half_time(checkin, pairing):
    plan(pairing)

    assert suggested(checkin, on=MONDAY + timedelta(days=27))[-1] == "How we evaluate our time together"
