from datetime import UTC, date, datetime

import pytest

from courses.models import Enrolment
from courses.programmes.actions import exempt, extend_exception
from tests.factories.courses import AssignmentFactory, DueExceptionFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

NINE = datetime(2026, 6, 10, 1, tzinfo=UTC)
JULY = date(2026, 7, 1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


@pytest.fixture
def exception(programme):
    return DueExceptionFactory(assignment=AssignmentFactory(programme=programme))


def decision(exception):
    exception.refresh_from_db()
    return exception.resolved_at, exception.resolved_by, exception.resolution, exception.extended_to


def test_extended_person_gets_the_courses_by_the_new_day_and_is_told(exception, hr):
    extend_exception(exception, due_on=JULY, reason=" 产假 ", by=hr, at=NINE)

    enrolments = Enrolment.objects.filter(assignment=exception.assignment)
    assert sorted(enrolments.values_list("person", "course__title", "assigned_on", "due_on")) == [
        (exception.person_id, "安抚客户", date(2026, 6, 10), JULY),
        (exception.person_id, "退货规则", date(2026, 6, 10), JULY),
    ]
    assert decision(exception) == (NINE, hr, "产假", JULY)
    assert exception.assignment.enrolled == 2
    assert list(Notice.objects.values_list("person", flat=True)) == [exception.person_id]


def test_exempted_person_gets_nothing_and_the_reason_is_kept(exception, hr):
    exempt(exception, reason="已离岗", by=hr, at=NINE)

    assert not Enrolment.objects.exists()
    assert decision(exception) == (NINE, hr, "已离岗", None)


@pytest.mark.parametrize(("due_on", "reason", "field"), [(date(2026, 6, 9), "产假", "due_on"), (JULY, " ", "reason")])
def test_past_day_and_missing_reason_are_refused_and_change_nothing(exception, hr, due_on, reason, field):
    with pytest.raises(Refused) as refusal:
        extend_exception(exception, due_on=due_on, reason=reason, by=hr, at=NINE)

    assert refusal.value.field == field
    assert decision(exception) == (None, None, "", None)
    assert not Enrolment.objects.exists()


def test_second_decision_is_refused(exception, hr):
    exempt(exception, reason="已离岗", by=hr, at=NINE)

    with pytest.raises(Refused) as refusal:
        extend_exception(exception, due_on=JULY, reason="产假", by=hr, at=NINE)

    assert refusal.value.code == "already_decided"
    assert not Enrolment.objects.exists()
