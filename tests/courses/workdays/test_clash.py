from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.models import PlanningRule, Session
from courses.sessions.actions import schedule
from courses.sessions.clashes import Clashing, Slot, clashes_of
from courses.workdays.clash import holidays
from tests.factories.planning import BusyTimeFactory
from tests.factories.sessions import instructor_of
from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.access.roles import Role

HOUR = timedelta(hours=1)
NATIONAL_DAY = datetime(2026, 10, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
BEFORE = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def texts(starts_at, people=(), hours=1):
    slot = Slot(starts_at, starts_at + hours * HOUR, people=frozenset(person.pk for person in people))
    return [(clash.kind, clash.hard, clash.text) for clash in holidays(slot)]


def plan(**changed):
    given = {"title": "国庆专题", "starts_at": NATIONAL_DAY, "minutes": 60, "join_url": "https://meet.example.com/a"}
    return schedule(**{**given, "by": None, "at": BEFORE, **changed})


@pytest.fixture(autouse=True)
def everybody_may_be_trained(db):
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)


def test_public_holiday_is_named_with_its_region():
    assert texts(NATIONAL_DAY) == [("holiday", False, "2026年10月1日是休息日：国庆节（中国大陆）。")]


def test_company_day_off_is_named_and_a_working_day_goes_before_the_holiday():
    CompanyDayFactory(day=date(2026, 11, 23), name="司庆日")
    CompanyDayFactory(day=date(2026, 10, 1), kind="work", name="值守")

    found = [texts(NATIONAL_DAY.replace(month=11, day=23)), texts(NATIONAL_DAY)]

    assert [[text for _kind, _hard, text in each] for each in found] == [
        ["2026年11月23日是休息日：司庆日（中国大陆）。"],
        [],
    ]


@pytest.mark.parametrize("day", [(11, 22), (11, 24), (10, 10)])
def test_weekends_and_working_days_are_no_clash(day):
    assert texts(NATIONAL_DAY.replace(month=day[0], day=day[1])) == []


def test_holidays_are_those_of_where_the_people_live(hire):
    here, there = hire(), hire(time_zone="Asia/Hong_Kong")
    handover = NATIONAL_DAY.replace(month=7)

    found = [texts(handover, [here]), texts(handover, [there]), texts(handover, [here, there])]

    assert [len(each) for each in found] == [0, 1, 1]


def test_session_into_a_holidays_morning_is_told(db):
    eve = NATIONAL_DAY.replace(month=9, day=30, hour=23)

    assert len(texts(eve, hours=2)) == 1


def test_clash_takes_two_queries_for_one_person_as_for_thirty(hire, django_assert_num_queries):
    people = [hire() for _ in range(30)]

    for some in (people[:1], people):
        with django_assert_num_queries(2):
            texts(NATIONAL_DAY, some)


def test_session_on_a_holiday_is_refused_until_the_planner_says_so(hire):
    with pytest.raises(Clashing) as refusal:
        plan(people_ids=[hire().pk])
    assert ([clash.kind for clash in refusal.value.clashes], Session.objects.count()) == (["holiday"], 0)

    plan(people_ids=[hire().pk], anyway=True)

    assert Session.objects.count() == 1


def test_instructor_on_leave_is_refused_whatever_the_planner_says(hire):
    teacher = hire(Role.INSTRUCTOR, name="陈讲师")
    starts_at = NATIONAL_DAY.replace(month=11, day=24)
    BusyTimeFactory(person=teacher, kind="leave", period=(starts_at, starts_at + HOUR))

    with pytest.raises(Clashing) as refusal:
        plan(starts_at=starts_at, instructors=[instructor_of(teacher)], anyway=True)

    assert [(clash.kind, clash.field) for clash in refusal.value.clashes] == [("instructor_on_leave", "instructors")]
    slot = Slot(starts_at, starts_at + HOUR, people=frozenset({teacher.pk}))
    assert [(clash.kind, clash.hard) for clash in clashes_of(slot)] == [("busy", False)]
