"""The bulk forms make the same rows as the single acts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from courses.enrolment.actions import complete_many, complete_unit, enrol, enrol_many, open_unit, required_units
from courses.enrolment.bulk import complete_units
from courses.models import Enrolment, UnitProgress
from tests.factories.courses import MONDAY, AssignmentFactory, CourseFactory, EnrolmentFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

JULY = date(2026, 7, 1)
NINE = datetime(2026, 6, 2, 1, tzinfo=UTC)
SCOPES = ("full", "assessment")


def rows(model, *without):
    """All rows but for keys and stamps, which no two rows share."""
    names = [f.attname for f in model._meta.concrete_fields]
    left = [name for name in names if name not in {"id", "created_at", "modified_at", *without}]
    return sorted(model.objects.values_list(*left), key=str)


def wiped(model, *without):
    """The rows, and they are gone."""
    found = rows(model, *without)
    model.objects.all().delete()
    return found


def test_enrol_many_makes_the_rows_that_enrol_makes(course, hire):
    people = [hire() for _ in range(3)]
    for person in people:
        enrol(person, course, on=MONDAY, due_on=JULY)
    notices = rows(Notice, "key", "url", "batch")
    Notice.objects.all().delete()
    single = wiped(Enrolment)

    assert enrol_many([p.pk for p in people], course, on=MONDAY, due_on=JULY) == 3
    assert rows(Enrolment) == single
    assert rows(Notice, "key", "url", "batch") == notices


@pytest.mark.parametrize("scope", SCOPES)
def test_complete_many_makes_the_rows_that_complete_unit_makes(course, hire, heard, scope):
    people = [hire() for _ in range(3)]
    moments = [NINE, NINE + timedelta(minutes=5), NINE + timedelta(days=3)]

    def start():
        enrol_many([p.pk for p in people], course, on=MONDAY, due_on=JULY, scope=scope)
        return list(Enrolment.objects.order_by("person"))

    for enrolment, at in zip(start(), moments, strict=True):
        for unit in required_units(enrolment):
            complete_unit(enrolment, unit, at=at)
    progress = wiped(UnitProgress, "enrolment_id")
    single = wiped(Enrolment)
    heard.clear()

    made = start()
    assert complete_many(list(zip(made, moments, strict=True))) == 3
    assert rows(Enrolment) == single
    assert rows(UnitProgress, "enrolment_id") == progress
    assert heard == [([made[0].pk, made[1].pk], moments[1]), ([made[2].pk], moments[2])]


def test_complete_many_keeps_what_was_done_before(course):
    enrolment = EnrolmentFactory(course=course)
    first = required_units(enrolment)[0]
    open_unit(enrolment, first, at=NINE)
    complete_unit(enrolment, first, at=NINE)

    complete_many([(enrolment, NINE + timedelta(days=1))])

    enrolment.refresh_from_db()
    assert (enrolment.started_at, enrolment.completed_at) == (NINE, NINE + timedelta(days=1))
    assert UnitProgress.objects.get(unit=first).completed_at == NINE


def test_complete_many_twice_completes_once(course, heard):
    enrolment = EnrolmentFactory(course=course)
    complete_many([(enrolment, NINE)])

    assert complete_many([(enrolment, NINE + timedelta(days=1))]) == 0
    assert Enrolment.objects.get().completed_at == NINE
    assert len(heard) == 1


def test_complete_many_leaves_withdrawn_ones_and_courses_without_units(course):
    withdrawn = EnrolmentFactory(course=course, withdrawn_at=NINE)
    empty = EnrolmentFactory(course=CourseFactory())

    assert complete_many([(withdrawn, NINE), (empty, NINE)]) == 0
    assert not UnitProgress.objects.exists()


def test_enrol_many_leaves_alone_who_has_it_open(course, hire):
    learning, fresh = hire(), hire()
    old = EnrolmentFactory(person=learning, course=course, due_on=date(2026, 6, 10))
    assignment = AssignmentFactory()

    made = enrol_many([learning.pk, fresh.pk], course, on=MONDAY, due_on=JULY, assignment=assignment)

    assert made == 1
    assert list(Enrolment.objects.order_by("pk").values_list("person", "due_on", "assignment")) == [
        (learning.pk, old.due_on, None),
        (fresh.pk, JULY, assignment.pk),
    ]
    assert list(Notice.objects.values_list("person", flat=True)) == [fresh.pk]


def test_enrol_many_gives_each_person_the_own_deadline(course, hire):
    one, two = hire(), hire()

    enrol_many([one.pk, two.pk], course, on=MONDAY, due_on={one.pk: JULY})

    assert dict(Enrolment.objects.values_list("person", "due_on")) == {one.pk: JULY, two.pk: None}


def test_one_deadline_in_the_past_refuses_them_all(course, hire):
    one, two = hire(), hire()

    with pytest.raises(Refused) as refusal:
        enrol_many([one.pk, two.pk], course, on=MONDAY, due_on={one.pk: JULY, two.pk: date(2026, 5, 1)})

    assert refusal.value.code == "due_in_past"
    assert not Enrolment.objects.exists()


def test_history_sends_no_notice(course, hire):
    enrol_many([hire().pk], course, on=MONDAY, tell=False)

    assert Enrolment.objects.count() == 1
    assert not Notice.objects.exists()


def test_days_of_completion_are_those_of_the_people(course, hire, heard):
    """23:30 and 00:30 in Shanghai are two days, though one in UTC."""
    evening = datetime(2026, 6, 2, 15, 30, tzinfo=UTC)
    made = [EnrolmentFactory(course=course) for _ in range(2)]

    with timezone.override("Asia/Shanghai"):
        complete_many([(made[0], evening), (made[1], evening + timedelta(hours=1))])

    assert [ids for ids, _at in heard] == [[made[0].pk], [made[1].pk]]


@pytest.mark.parametrize("scope", SCOPES)
def test_complete_units_makes_the_rows_that_complete_unit_makes(course, hire, heard, scope):
    people = [hire() for _ in range(2)]
    moments = [NINE, NINE + timedelta(minutes=5)]

    def begin():
        enrol_many([p.pk for p in people], course, on=MONDAY, due_on=JULY, scope=scope)
        begun = list(Enrolment.objects.order_by("person"))
        for enrolment in begun:
            open_unit(enrolment, required_units(enrolment)[0], at=NINE)
        return begun

    for enrolment, at in zip(begin(), moments, strict=True):
        for unit in required_units(enrolment):
            complete_unit(enrolment, unit, at=at)
    progress = wiped(UnitProgress, "enrolment_id")
    single = wiped(Enrolment)

    begun, complete = begin(), []
    for unit in required_units(begun[0]):
        complete += complete_units([(one.pk, unit.pk, at) for one, at in zip(begun, moments, strict=True)])
    assert (rows(UnitProgress, "enrolment_id"), rows(Enrolment)) == (progress, single)
    assert sorted(complete) == [one.pk for one in begun]
