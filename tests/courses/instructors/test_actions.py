from datetime import date
from decimal import Decimal

import pytest

from courses.instructors.actions import bring_back_instructor, retire_instructor, save_inside, save_outside
from courses.instructors.hours import hours_by_month, total
from courses.models import Instructor, Teaching
from courses.sessions.teaching import cost_of
from tests.factories.planning import HOUR, NINE, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, instructor_of
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.staff.actions import grant, revoke

CONTACT = {"name": "林医生", "company": "心晴咨询", "email": "lin@example.com", "phone": "13800000000"}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def save(hr):
    def do(instructor=None, cost=Decimal(800), **changed):
        return save_outside(instructor, {**CONTACT, **changed}, hourly_cost=cost, note=" 季度工作坊 ", by=hr)

    return do


def refusal_of(act, *args, **fields):
    with pytest.raises(Refused) as refusal:
        act(*args, **fields)
    return refusal.value.field, refusal.value.code


def test_expert_from_outside_is_added_and_changed(save):
    expert = save()
    changed = save(expert, cost=None, phone="")

    assert (changed.pk, changed.name, changed.phone, changed.hourly_cost) == (expert.pk, "林医生", "", None)
    assert (changed.note, changed.is_outside, str(changed)) == ("季度工作坊", True, "林医生")


def test_expert_without_a_name_known_already_or_below_zero_is_refused(save):
    save()

    assert refusal_of(save) == ("name", "instructor_twice")
    assert refusal_of(save, name=" ") == ("name", "name_missing")
    assert refusal_of(save, name="王医生", cost=Decimal(-1)) == ("hourly_cost", "cost_negative")
    assert save(company="别的公司").pk


def test_person_becomes_an_instructor_with_the_role_and_is_offered_while_holding_it(hire, hr):
    person = hire(name="讲师")
    assert Instructor.objects.count() == 0
    for _twice in range(2):
        grant(person, Role.INSTRUCTOR)
    assert [str(each) for each in Instructor.objects.offered()] == ["讲师"]

    revoke(person, Role.INSTRUCTOR)

    instructor = Instructor.objects.get()
    assert list(Instructor.objects.offered()) == []
    assert list(Instructor.objects.offered([instructor.pk])) == [instructor]


def test_who_has_left_is_offered_no_more(hire):
    person = hire()
    grant(person, Role.INSTRUCTOR)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert list(Instructor.objects.offered()) == []


def test_cost_is_by_the_minute_and_unknown_when_nobody_said():
    assert cost_of(Instructor(hourly_cost=Decimal("799.99")), 50) == Decimal("666.66")
    assert cost_of(Instructor(), 50) is None


def test_new_price_leaves_what_was_planned(save, hire, hr):
    expert = save()
    SessionFactory(instructors=[expert])
    save(expert, cost=Decimal(1000))

    assert Teaching.objects.get().cost == 800
    inside = save_inside(instructor_of(hire()), hourly_cost=Decimal(100), note="", by=hr)
    assert inside.hourly_cost == 100


def test_instructor_who_is_counted_on_is_not_given_up(save, hr, now):
    expert = save()
    SessionFactory(instructors=[expert])

    assert refusal_of(retire_instructor, expert, by=hr, at=now) == (None, "instructor_in_use")
    retired = [retire_instructor(expert, by=hr, at=NINE + hours * HOUR).retired_at for hours in (2, 3)]
    assert retired == [NINE + 2 * HOUR] * 2
    assert list(Instructor.objects.offered()) == []
    assert [bring_back_instructor(expert, by=hr).retired_at for _repeat in range(2)] == [None, None]


def test_hours_are_counted_by_instructor_and_month_without_cancelled_ones(hire, now):
    expert, colleague = OutsideInstructorFactory(), instructor_of(hire())
    SessionFactory(instructors=[expert, colleague])
    SessionFactory(instructors=[expert], starts_at=NINE + 2 * HOUR)
    SessionFactory(instructors=[expert], starts_at=NINE - 30 * 24 * HOUR)
    SessionFactory(instructors=[expert], starts_at=NINE + 4 * HOUR, cancelled_at=now)

    rows = hours_by_month(*YEAR)

    shown = [(row.instructor, row.month, row.sessions, row.minutes, row.cost) for row in rows]
    december, november = date(2026, 12, 1), date(2026, 11, 1)
    assert shown == [
        (expert, december, 2, 120, 1600),
        (colleague, december, 1, 60, None),
        (expert, november, 1, 60, 800),
    ]
    assert total(rows) == (4, 240, 2400)
    assert [row.instructor for row in hours_by_month(*YEAR, who="inside")] == [colleague]
    assert len(hours_by_month(*YEAR, instructor=expert)) == 2
    assert hours_by_month(date(2027, 1, 1), date(2027, 12, 31)) == []
