"""Who can cover something: on shift, free, away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.matrix.coverage import Ask, coverage, first_day, said
from tests.assessments.matrix.standing import level, levels
from tests.factories.people import PersonFactory
from tests.factories.planning import BusyTimeFactory, SessionFactory, SessionPlaceFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.models import Status, User

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY, SUNDAY = date(2026, 11, 26), date(2026, 11, 29)  # a Thursday
ZERO = time(0)


def at(hour, day=SUNDAY):
    return datetime.combine(day, ZERO, SHANGHAI) + timedelta(hours=hour)


def busy(person, first, last, kind="shift", day=SUNDAY):
    BusyTimeFactory(person=person, period=(at(first, day), at(last, day)), kind=kind)


def names(found):
    return [each.person.name for each in found]


def lists(answer):
    return names(answer.on_shift), names(answer.free), names(answer.away)


@pytest.fixture
def able(desk, empathy):
    """All three are on level 3."""
    levels([(person, empathy, 3) for person in desk.values()])
    return desk


@pytest.fixture
def asking(empathy):
    def ask(people=None, **more):
        given = {"competencies": (empathy.pk,), "level": 3, "day": SUNDAY} | more
        return coverage(people or User.objects.by_name(), Ask(**given), today=TODAY)

    return ask


def test_who_is_on_shift_free_and_away(able, asking):
    busy(able["边城"], 8, 16)
    busy(able["蔡明"], 0, 24, "leave")
    answer = asking()
    assert lists(answer) == (["边城"], ["安琪"], ["蔡明"])
    assert said(answer.on_shift[0].shifts) == "08:00–16:00"
    assert [(each.span.starts_at, each.why) for each in answer.away[0].reasons] == [(at(0), "请假")]


def test_who_is_below_the_level_is_not_named(desk, asking, empathy):
    levels([(desk["安琪"], empathy, 2), (desk["边城"], empathy, 4)])
    assert lists(asking()) == ([], ["边城"], [])


def test_all_of_the_competencies_are_needed(desk, asking, empathy, disputes):
    levels([(desk["安琪"], empathy, 3), (desk["边城"], empathy, 3), (desk["边城"], disputes, 4)])
    answer = asking(competencies=(empathy.pk, disputes.pk))
    assert lists(answer) == ([], ["边城"], [])
    assert [(each.level, each.pieces) for each in answer.free[0].person.known] == [(3, 3), (4, 3)]


def test_the_surest_comes_first(desk, asking, empathy):
    level(desk["安琪"], empathy, 3, pieces=2, assessed=0)
    level(desk["边城"], empathy, 3, pieces=2, assessed=1)
    level(desk["蔡明"], empathy, 4, pieces=2, assessed=0)
    assert names(asking().free) == ["蔡明", "边城", "安琪"]


def test_a_session_takes_a_part_of_the_shift(able, asking):
    busy(able["边城"], 8, 16)
    SessionPlaceFactory(person=able["边城"], session=SessionFactory(title="复盘会", starts_at=at(10), ends_at=at(12)))
    answer = asking()
    assert said(answer.on_shift[0].shifts) == "08:00–10:00、12:00–16:00"
    assert [each.why for each in answer.on_shift[0].reasons] == ["复盘会"]


def test_a_session_within_the_hours_takes_all_of_it(able, asking):
    busy(able["边城"], 8, 16)
    SessionPlaceFactory(person=able["边城"], session=SessionFactory(title="复盘会", starts_at=at(10), ends_at=at(12)))
    answer = asking(starts=time(10), ends=time(12))
    assert lists(answer) == ([], ["安琪", "蔡明"], ["边城"])
    assert lists(asking(starts=time(12), ends=time(13)))[0] == ["边城"]


def test_an_instructor_is_engaged_too(able, asking):
    SessionFactory(title="复盘会", starts_at=at(10), ends_at=at(12), instructors=[able["安琪"]])
    assert [(names([each]), each.reasons[0].why) for each in asking().away] == [(["安琪"], "复盘会")]


def test_a_shift_of_the_night_reaches_into_the_day(able, asking):
    busy(able["边城"], -4, 4)
    assert said(asking().on_shift[0].shifts) == "00:00–04:00"
    assert lists(asking(starts=time(6)))[0] == []


def test_a_shift_until_midnight_ends_at_24(able, asking):
    busy(able["边城"], 16, 26)
    assert said(asking().on_shift[0].shifts) == "16:00–24:00"


def test_on_a_day_off_of_the_company_only_those_on_shift_work(able, asking):
    CompanyDayFactory(day=SUNDAY, name="司庆日")
    busy(able["边城"], 8, 16)
    answer = asking()
    assert lists(answer) == (["边城"], [], ["安琪", "蔡明"])
    assert [reason.why for reason in answer.away[0].reasons] == ["司庆日"]


def test_who_is_on_leave_for_long_is_away_in_spite_of_a_shift(able, asking):
    busy(able["边城"], 8, 16)
    User.objects.filter(pk=able["边城"].pk).update(status=Status.ON_LEAVE)
    answer = asking()
    assert lists(answer) == ([], ["安琪", "蔡明"], ["边城"])
    assert [half.people for half in answer.halves] == [0] * 14


def test_the_week_shows_each_half_day_and_where_it_is_thin(able, asking):
    for person, hours in zip(able.values(), [(8, 16), (8, 12), (11.5, 20)], strict=True):
        busy(person, *hours)
    halves = {(half.day, half.afternoon): (half.people, half.thin) for half in asking(needed=2).halves}
    assert len(halves) == 14
    assert halves[SUNDAY, False] == (2, False)  # half an hour before noon does not count
    assert halves[SUNDAY, True] == (2, False)
    assert halves[TODAY, False] == (0, True)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (TODAY, TODAY),
        (SUNDAY, TODAY),
        (date(2026, 12, 2), TODAY),
        (date(2026, 12, 3), date(2026, 11, 30)),
        (date(2026, 12, 20), date(2026, 12, 14)),
    ],
)
def test_the_week_holds_the_day_that_was_asked_for(day, first):
    assert first_day(day, TODAY) == first


def test_only_these_people_are_asked(able, asking):
    assert names(asking(User.objects.filter(name="安琪")).free) == ["安琪"]


@pytest.mark.parametrize("number", [1, 30])
def test_an_answer_takes_four_queries(able, asking, empathy, number):
    for _ in range(number):
        person = PersonFactory()
        level(person, empathy, 3)
        busy(person, 8, 16)
    with CaptureQueriesContext(connection) as made:
        asking()
    assert len(made) == 4
