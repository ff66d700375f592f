from datetime import UTC, datetime

import pytest

from courses.models import Course, Programme, ProgrammeCourse
from courses.programmes.actions import archive, restore, save_programme
from tests.factories.courses import CourseFactory, ProgrammeFactory
from trainingsite.core.errors import Refused

NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)


def items(programme):
    return [(item.position, item.course.title) for item in programme.items.select_related("course")]


def test_new_programme_has_its_courses_in_order_and_a_code_in_pinyin(db):
    rules, calm = CourseFactory(title="退货规则"), CourseFactory(title="安抚客户")

    programme = save_programme(None, title="新人培养", summary="头两周", courses=[calm, rules])

    assert (programme.code, programme.title, programme.summary) == ("xin-ren-pei-yang", "新人培养", "头两周")
    assert items(programme) == [(0, "安抚客户"), (1, "退货规则")]


def test_second_programme_of_a_title_gets_a_code_of_its_own(db):
    codes = [save_programme(None, title="新人培养", courses=[CourseFactory()]).code for _ in range(2)]

    assert codes == ["xin-ren-pei-yang", "xin-ren-pei-yang-2"]


def test_changed_order_keeps_the_items(db):
    a, b, c = CourseFactory(title="甲"), CourseFactory(title="乙"), CourseFactory(title="丙")
    programme = save_programme(None, title="新人培养", courses=[a, b, c])
    kept = ProgrammeCourse.objects.get(course=c).pk

    save_programme(programme, title="新人培养", courses=[c, a])

    assert items(programme) == [(0, "丙"), (1, "甲")]
    assert ProgrammeCourse.objects.get(course=c).pk == kept


def test_draft_cannot_be_added(db):
    with pytest.raises(Refused) as refusal:
        save_programme(None, title="新人培养", courses=[CourseFactory(draft=True)])

    assert (refusal.value.field, refusal.value.code) == ("courses", "course_not_published")
    assert not Programme.objects.exists()


def test_retired_course_may_stay(db):
    course = CourseFactory()
    programme = save_programme(None, title="新人培养", courses=[course])
    Course.objects.update(status="retired")
    course.refresh_from_db()

    assert items(save_programme(programme, title="新人", courses=[course])) == [(0, course.title)]


def test_programme_without_a_course_is_refused(db):
    with pytest.raises(Refused) as refusal:
        save_programme(None, title="新人培养", courses=[])

    assert (refusal.value.field, refusal.value.code) == ("courses", "no_course")


def test_archive_keeps_the_first_moment_and_can_be_undone(db):
    programme = ProgrammeFactory()
    archive(programme, at=NINE)
    archive(programme, at=NINE.replace(hour=5))

    programme.refresh_from_db()
    assert (programme.archived_at, list(Programme.objects.active())) == (NINE, [])

    restore(programme)
    assert list(Programme.objects.active()) == [programme]
