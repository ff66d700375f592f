from datetime import UTC, datetime

import pytest

from courses.lessons.leafing import record_pages
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def enrolment(leaflet):
    return EnrolmentFactory(course=leaflet.course)


def test_pages_add_up_and_the_last_one_is_where_to_resume(enrolment, leaflet):
    record_pages(enrolment, leaflet, [1], page=1, at=NINE)
    progress = record_pages(enrolment, leaflet, [3], page=3, at=NINE)

    assert (progress.seen, progress.page) == ([1, 3], 3)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_all_pages_complete_the_unit(enrolment, leaflet):
    record_pages(enrolment, leaflet, [1, 2], page=2, at=NINE)
    record_pages(enrolment, leaflet, [3], page=3, at=NINE)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == NINE


def test_repeat_changes_nothing(enrolment, leaflet):
    first = record_pages(enrolment, leaflet, [1, 2], page=2, at=NINE)
    again = record_pages(enrolment, leaflet, [2, 1, 1], page=2, at=NINE)

    assert (again.seen, again.page) == (first.seen, first.page) == ([1, 2], 2)


def test_pages_that_do_not_exist_are_passed_over(enrolment, leaflet):
    progress = record_pages(enrolment, leaflet, [0, 2, 4, 99], page=99, at=NINE)

    assert (progress.seen, progress.page) == ([2], 3)
