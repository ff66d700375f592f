from datetime import UTC, date, datetime, timedelta

import pytest

from courses.enrolment.actions import complete_unit, enrol, extend, open_unit, required_units, withdraw
from courses.models import Enrolment, UnitProgress
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

MONDAY = date(2026, 6, 1)
FRIDAY = date(2026, 6, 5)
NINE = datetime(2026, 6, 2, 1, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


def titles(units):
    return [unit.title for unit in units]


def test_enrolled_person_has_the_course_and_a_notice(course, hire):
    person = hire()

    enrolment = enrol(person, course, on=MONDAY, due_on=FRIDAY)

    assert (enrolment.person, enrolment.course, enrolment.assigned_on, enrolment.due_on) == (
        person,
        course,
        MONDAY,
        FRIDAY,
    )
    assert list(Notice.objects.values_list("person", "kind", "key", "facts", "url")) == [
        (
            person.pk,
            "enrolled",
            f"enrolled:{enrolment.pk}",
            {"course": "七天无理由退货", "due_on": "2026-06-05"},
            f"/learn/{enrolment.pk}/",
        )
    ]


def test_enrolling_twice_keeps_the_open_enrolment(course, hire):
    person = hire()
    first = enrol(person, course, on=MONDAY, due_on=FRIDAY)

    assert enrol(person, course, on=FRIDAY) == first
    assert list(Enrolment.objects.values_list("pk", "due_on")) == [(first.pk, FRIDAY)]


@pytest.mark.parametrize("state", ["completed_at", "withdrawn_at"])
def test_enrolling_after_the_end_of_an_enrolment_makes_a_new_one(course, hire, state):
    old = EnrolmentFactory(person=hire(), course=course, **{state: NINE})

    assert enrol(old.person, course, on=FRIDAY) != old


def test_enrolling_in_a_draft_is_refused(hire):
    with pytest.raises(Refused) as refusal:
        enrol(hire(), CourseFactory(draft=True), on=MONDAY)

    assert refusal.value.code == "course_not_published"
    assert not Enrolment.objects.exists()


def test_due_date_in_the_past_is_refused_at_its_field(course, hire):
    with pytest.raises(Refused) as refusal:
        enrol(hire(), course, on=FRIDAY, due_on=MONDAY)

    assert (refusal.value.field, refusal.value.code) == ("due_on", "due_in_past")
    assert not Enrolment.objects.exists()


def test_whole_course_requires_its_units_in_use(course):
    assert titles(required_units(EnrolmentFactory(course=course))) == ["规则", "例外", "测验"]


def test_assessment_requires_the_test_alone(course):
    assert titles(required_units(EnrolmentFactory(course=course, scope="assessment"))) == ["测验"]


def test_opening_a_unit_starts_the_enrolment_once(course):
    enrolment = EnrolmentFactory(course=course)
    rules, exceptions = course.units.all()[:2]

    first = open_unit(enrolment, rules, at=NINE)
    again = open_unit(enrolment, rules, at=TEN)
    open_unit(enrolment, exceptions, at=TEN)

    enrolment.refresh_from_db()
    assert (first, first.opened_at, enrolment.started_at) == (again, NINE, NINE)


def test_last_required_unit_completes_the_course(course, heard):
    enrolment = EnrolmentFactory(course=course)
    rules, exceptions, test = required_units(enrolment)
    open_unit(enrolment, rules, at=NINE)
    complete_unit(enrolment, rules, at=NINE)
    assert complete_unit(enrolment, exceptions, at=NINE).completed_at is None

    done = complete_unit(enrolment, test, at=TEN)

    assert (done.started_at, done.completed_at) == (NINE, TEN)
    assert heard == [([enrolment.pk], TEN)]


def test_assessment_is_complete_with_its_test(course):
    enrolment = EnrolmentFactory(course=course, scope="assessment")

    assert complete_unit(enrolment, course.units.get(title="测验"), at=NINE).completed_at == NINE


def test_completing_a_unit_twice_completes_once(course, heard):
    enrolment = EnrolmentFactory(course=course, scope="assessment")
    test = course.units.get(title="测验")
    complete_unit(enrolment, test, at=NINE)

    assert complete_unit(enrolment, test, at=TEN).completed_at == NINE
    assert [p.completed_at for p in UnitProgress.objects.all()] == [NINE]
    assert len(heard) == 1


def test_unit_of_another_course_is_refused(course):
    enrolment = EnrolmentFactory(course=course)

    with pytest.raises(Refused) as refusal:
        complete_unit(enrolment, UnitFactory(), at=NINE)

    assert refusal.value.code == "unit_of_other_course"


def test_withdrawn_enrolment_takes_no_progress(course):
    enrolment = withdraw(EnrolmentFactory(course=course), reason="转岗", at=NINE)

    with pytest.raises(Refused) as refusal:
        open_unit(enrolment, course.units.all()[0], at=TEN)

    assert refusal.value.code == "enrolment_withdrawn"
    assert not UnitProgress.objects.exists()


def test_withdrawing_keeps_the_reason_and_the_first_moment(course):
    enrolment = withdraw(EnrolmentFactory(course=course), reason=" 转岗 ", at=NINE)

    again = withdraw(enrolment, reason="别的", at=TEN)

    assert (again.withdrawn_at, again.withdrawn_reason) == (NINE, "转岗")


def test_withdrawing_without_a_reason_is_refused(course):
    with pytest.raises(Refused) as refusal:
        withdraw(EnrolmentFactory(course=course), reason=" ", at=NINE)

    assert refusal.value.field == "reason"
    assert Enrolment.objects.open().count() == 1


def test_completed_enrolment_cannot_be_withdrawn(course):
    with pytest.raises(Refused) as refusal:
        withdraw(EnrolmentFactory(course=course, completed_at=NINE), reason="转岗", at=TEN)

    assert refusal.value.code == "enrolment_completed"


def test_extending_moves_the_deadline_and_ends_being_overdue(course, hire):
    enrolment = EnrolmentFactory(course=course, due_on=FRIDAY, overdue_since=FRIDAY + timedelta(days=1))
    hr = hire()

    extend(enrolment, due_on=date(2026, 6, 20), by=hr, on=date(2026, 6, 10))

    enrolment.refresh_from_db()
    assert (enrolment.due_on, enrolment.overdue_since) == (date(2026, 6, 20), None)
    event = Enrolment.pgh_event_model.objects.get()
    assert (event.pgh_label, event.due_on, event.pgh_context.metadata) == (
        "corrected",
        date(2026, 6, 20),
        {"user": hr.pk},
    )


def test_extending_into_the_past_is_refused(course, hire):
    enrolment = EnrolmentFactory(course=course, due_on=FRIDAY)

    with pytest.raises(Refused) as refusal:
        extend(enrolment, due_on=FRIDAY, by=hire(), on=date(2026, 6, 10))

    assert (refusal.value.field, refusal.value.code) == ("due_on", "due_in_past")


def test_completed_enrolment_cannot_be_extended(course, hire):
    with pytest.raises(Refused) as refusal:
        extend(EnrolmentFactory(course=course, completed_at=NINE), due_on=FRIDAY, by=hire(), on=MONDAY)

    assert refusal.value.code == "enrolment_not_open"
