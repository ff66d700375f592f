"""The members of watched audiences follow the people, once and in time."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.audiences import members
from courses.audiences.actions import save_audience
from courses.audiences.hooks import MEMBERS_CHANGED
from courses.audiences.members import members_of, refresh, unwatch, watch
from courses.audiences.models import Cause
from courses.audiences.tasks import refresh_members
from courses.enrolment.actions import complete_many
from courses.models import Audience, AudienceCheck, AudienceMember, Enrolment
from tests.factories.courses import AudienceFactory, CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.staff.actions import change_person, leave
from trainingsite.people.staff.actions import hire as take_on

AT = datetime(2026, 6, 1, 4, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _day():
    with clock.frozen(AT):
        yield


@pytest.fixture
def told():
    """What MEMBERS_CHANGED was told: (audience, joined, left)."""
    heard = []
    MEMBERS_CHANGED.register("test", lambda pk, joined, left, _at: heard.append((pk, list(joined), list(left))))
    yield heard
    del MEMBERS_CHANGED._things["test"]


@pytest.fixture
def care(company):
    return AudienceFactory(name="售后", conditions=[{"kind": "department", "value": [company["care"].pk]}])


def spans(audience):
    rows = AudienceMember.objects.filter(audience=audience).order_by("pk")
    return [(member.person.name, member.since, member.until) for member in rows]


def test_watching_keeps_and_tells_who_is_there(hire, care, told):
    here, _elsewhere = hire(name="甲", department="disputes"), hire(department="sales")

    watch(care, at=AT)
    watch(care, at=AT + timedelta(hours=1))

    assert (members_of(care), told) == ([here.pk], [(care.pk, [here.pk], [])])
    assert Audience.objects.watched().get() == care


def test_refresh_twice_changes_nothing(hire, care, told):
    hire(name="甲")
    watch(care, at=AT)
    told.clear()

    found = refresh(at=AT + timedelta(days=1))

    assert (found[care.pk].joined, found[care.pk].left, told) == ([], [], [])
    assert spans(care) == [("甲", AT, None)]


def test_who_moves_leaves_and_comes_back_at_once(hire, company, care, told):
    person = hire(name="甲")
    watch(care, at=AT)

    change_person(person, by=None, on=TODAY, department=company["sales"])
    change_person(person, by=None, on=TODAY, department=company["disputes"])

    assert told == [(care.pk, [person.pk], []), (care.pk, [], [person.pk]), (care.pk, [person.pk], [])]
    assert spans(care) == [("甲", AT, AT), ("甲", AT, None)]


def test_newcomer_joins_and_leaver_leaves(company, care, told):
    watch(care, at=AT)

    person = take_on(by=None, on=TODAY, name="新人", employee_number="E9", department=company["care"])
    leave(person, on=TODAY, today=TODAY)

    assert told == [(care.pk, [person.pk], []), (care.pk, [], [person.pk])]


def test_night_finds_what_time_alone_changes(hire, told):
    hire(name="甲", hired_on=TODAY - timedelta(days=29))
    hire(name="乙", hired_on=TODAY + timedelta(days=3))
    recent = AudienceFactory(conditions=[{"kind": "hired_within", "value": 30}])
    watch(recent, at=AT)

    with clock.frozen(AT + timedelta(days=3)):
        assert (refresh_members(), refresh_members()) == (1, 0)

    assert spans(recent) == [("甲", AT, AT + timedelta(days=3)), ("乙", AT + timedelta(days=3), None)]


def test_changed_rule_changes_the_members_with_it(hire, company, care, told):
    first, second = hire(name="甲"), hire(name="乙", department="sales")
    watch(care, at=AT)
    told.clear()

    save_audience(care.name, [{"kind": "department", "value": [company["sales"].pk]}], owner=None, audience=care)

    assert told == [(care.pk, [second.pk], [first.pk])]


def test_broken_rule_keeps_its_members_and_stops_no_other(hire, care, told):
    person = hire(name="甲")
    broken = AudienceFactory(name="坏")
    watch(care, at=AT)
    watch(broken, at=AT)
    Audience.objects.filter(pk=broken.pk).update(conditions=[{"kind": "moon", "value": 1}])
    told.clear()

    found = refresh(at=AT, cause=Cause.NIGHT)
    change_person(person, by=None, on=TODAY, grade="P2")

    assert (found[broken.pk].problem, found[care.pk].problem) == ("无法识别这个人群的条件。", "")
    assert (members_of(broken), members_of(care), told) == ([person.pk], [person.pk], [])
    assert list(
        AudienceCheck.objects.filter(cause=Cause.NIGHT).order_by("audience").values_list("audience", "problem")
    ) == [(care.pk, ""), (broken.pk, "无法识别这个人群的条件。")]


def test_unwatched_audience_lets_its_members_go_silently(hire, care, told):
    hire(name="甲")
    watch(care, at=AT)
    told.clear()

    unwatch(care, at=AT + timedelta(days=1))
    refresh(at=AT + timedelta(days=2))

    assert (members_of(care), told, spans(care)) == ([], [], [("甲", AT, AT + timedelta(days=1))])


def test_who_completes_a_course_leaves_those_who_have_not(hire, told):
    course = CourseFactory()
    UnitFactory(course=course)
    person = hire(name="甲")
    EnrolmentFactory(person=person, course=course)
    waiting = AudienceFactory(conditions=[{"kind": "not_completed", "value": [course.pk]}])
    watch(waiting, at=AT)
    told.clear()

    complete_many([(Enrolment.objects.get(), AT)])

    assert told == [(waiting.pk, [], [person.pk])]


def test_checks_say_why_they_were_made_and_what_came_of_it(hire, company, care):
    person = hire(name="甲")
    watch(care, at=AT)
    change_person(person, by=None, on=TODAY, grade="P2")  # nothing to note
    change_person(person, by=None, on=TODAY, department=company["sales"])
    refresh(at=AT, cause=Cause.NIGHT)

    rows = AudienceCheck.objects.order_by("pk").values_list("cause", "joined", "left")
    assert list(rows) == [("watched", 1, 0), ("people", 0, 1), ("night", 0, 0)]


@pytest.mark.parametrize("rules", [1, 20])
def test_one_persons_change_takes_five_queries_whatever_the_rules(hire, company, django_assert_num_queries, rules):
    person = hire()
    kept = AudienceFactory.create_batch(
        rules, watched=True, conditions=[{"kind": "department", "value": [company["care"].pk]}]
    )
    refresh(at=AT)

    with django_assert_num_queries(5):  # a savepoint and its release, the lock, who matches, who is there
        members.refresh(kept, [person.pk], at=AT, cause=Cause.PEOPLE)
