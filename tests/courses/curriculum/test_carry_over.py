"""What the release before had: units with a date of retirement, courses without versions."""

import pytest
from django.db import connection

from courses.migrations._carry_over import carry_over_versions
from courses.models import CourseVersion
from tests.factories.courses import CourseFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_courses_get_their_first_version_and_retired_units_stand_before_it():
    published, draft, retired = (CourseFactory(status=status) for status in ("published", "draft", "retired"))
    kept, gone = UnitFactory(course=published), UnitFactory(course=published)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE retired_units ON COMMIT DROP AS SELECT %s::bigint AS id", [gone.pk])

    carry_over_versions(None, connection.schema_editor())

    rows = CourseVersion.objects.order_by("pk").values_list("course", "number", "status", "published_at", "retired_at")
    assert {(course, number, status, bool(begun), bool(ended)) for course, number, status, begun, ended in rows} == {
        (published.pk, 1, "published", True, False),
        (draft.pk, 1, "draft", False, False),
        (retired.pk, 1, "retired", True, True),
    }
    assert list(published.units.in_use()) == [kept]
    gone.refresh_from_db()
    assert (gone.introduced_in, gone.removed_in) == (0, 1)
