import pytest

from courses.curriculum.actions import (
    add_unit,
    change_course,
    change_unit,
    create_course,
    remove_unit,
    reorder_units,
    retire,
)
from courses.curriculum.publishing import NotReady
from courses.curriculum.versions import publish_version
from courses.models import Course, Unit, UnitProgress
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory, UnitFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


def publish(course):
    publish_version(course, by=None, at=clock.now())
    course.refresh_from_db()
    return course


def titles(course):
    return list(course.units.in_use().values_list("title", flat=True))


class TestCreateCourse:
    def test_makes_a_draft_with_a_code_in_pinyin(self):
        topic, author = TopicFactory(), PersonFactory()

        course = create_course(topic=topic, title="七天无理由退货", by=author)

        assert (course.code, course.status, course.owner) == ("qi-tian-wu-li-you-tui-huo", "draft", author)

    def test_title_without_letters_gets_a_code_too(self):
        assert create_course(topic=TopicFactory(), title="！！！").code == "course"

    def test_long_title_gets_a_code_that_fits(self):
        assert len(create_course(topic=TopicFactory(), title="商品" * 50).code) <= 64

    def test_made_code_that_is_taken_gets_a_number(self):
        codes = [create_course(topic=TopicFactory(), title="退货").code for _topic in range(3)]

        assert codes == ["tui-huo", "tui-huo-2", "tui-huo-3"]

    def test_typed_code_that_is_taken_is_refused_at_its_field(self):
        CourseFactory(code="returns")

        with pytest.raises(Refused, match="Another course has this code") as refusal:
            create_course(topic=TopicFactory(), title="退货", code="returns")

        assert refusal.value.field == "code"
        assert Course.objects.count() == 1

    def test_second_click_makes_no_second_course(self):
        topic = TopicFactory()
        create_course(topic=topic, title="退货")

        with pytest.raises(Refused, match="a course with this title") as refusal:
            create_course(topic=topic, title="退货")

        assert refusal.value.field == "title"
        assert Course.objects.count() == 1

    def test_title_of_a_retired_course_is_free_again(self):
        old = CourseFactory(status="retired", title="退货")

        assert create_course(topic=old.topic, title="退货").pk != old.pk


class TestPublish:
    def test_offers_the_course(self):
        course = UnitFactory(course__draft=True).course

        assert publish(course).status == "published"
        assert list(course.versions.values_list("number", "status")) == [(1, "published")]

    def test_twice_changes_nothing_more(self):
        course = publish(UnitFactory(course__draft=True).course)
        known = course.modified_at, course.versions.get().modified_at

        publish(course)

        assert (course.modified_at, course.versions.get().modified_at) == known

    def test_says_everything_that_is_missing(self):
        topic = TopicFactory(title="平台规则", retired_at=clock.now())
        course = CourseFactory(topic=topic, draft=True)
        UnitFactory(course=course, title="规则", body="  ")
        UnitFactory(course=course, title="测验", kind="riddle")

        with pytest.raises(NotReady) as refusal:
            publish(course)

        assert refusal.value.problems == [
            "The topic “平台规则” is retired; choose another.",
            "“规则” has no text yet.",
            "“测验” is of an unknown kind: riddle.",
        ]
        course.refresh_from_db()
        assert course.status == "draft"

    def test_course_without_units_is_refused(self):
        with pytest.raises(NotReady, match="has no unit yet"):
            publish(CourseFactory(draft=True))

    def test_units_of_earlier_versions_do_not_count(self):
        course = UnitFactory(course__draft=True, introduced_in=0, removed_in=1).course

        with pytest.raises(NotReady, match="has no unit yet"):
            publish(course)

    def test_retired_course_can_be_offered_again(self):
        course = UnitFactory(course__status="retired").course

        assert publish(course).status == "published"


def test_retire_twice_retires_once():
    course = publish(UnitFactory(course__draft=True).course)
    at = clock.now()

    course = retire(course, at=at)
    course.refresh_from_db()
    assert (course.status, course.versions.get().status, course.versions.get().retired_at) == ("retired", "retired", at)

    retire(course, at=clock.now())
    assert Course.objects.get().modified_at == course.modified_at
    assert course.versions.get().retired_at == at


class TestChangeCourse:
    def test_changes_what_is_named_and_nothing_else(self):
        course = CourseFactory(title="退货", summary="旧")

        change_course(course, summary="新")

        course.refresh_from_db()
        assert (course.title, course.summary) == ("退货", "新")

    def test_code_of_another_is_refused(self):
        CourseFactory(code="returns")
        course = CourseFactory(code="refunds")

        with pytest.raises(Refused, match="Another course"):
            change_course(course, code="returns")

        course.refresh_from_db()
        assert course.code == "refunds"

    def test_published_course_cannot_move_to_a_retired_topic(self):
        course = UnitFactory().course

        with pytest.raises(NotReady, match="is retired"):
            change_course(course, topic=TopicFactory(retired_at=clock.now()))


class TestUnits:
    def test_are_added_at_the_end_with_a_name_for_the_address(self):
        course = CourseFactory(draft=True)

        add_unit(course, kind="article", title="规则", minutes=8)
        add_unit(course, kind="article", title="例外", minutes=7)

        assert list(course.units.values_list("title", "slug", "position", "minutes")) == [
            ("规则", "gui-ze", 1, 8),
            ("例外", "li-wai", 2, 7),
        ]

    def test_second_click_adds_no_second_unit(self):
        course = CourseFactory(draft=True)
        add_unit(course, kind="article", title="规则")

        with pytest.raises(Refused, match="a unit with this title") as refusal:
            add_unit(course, kind="article", title="规则")

        assert refusal.value.field == "title"
        assert titles(course) == ["规则"]

    def test_of_unknown_kind_are_refused(self):
        with pytest.raises(Refused, match="no unit kind “riddle”"):
            add_unit(CourseFactory(draft=True), kind="riddle", title="谜语")

    def test_address_of_a_retired_unit_is_not_used_again(self):
        course = CourseFactory(draft=True)
        UnitFactory(course=course, title="规则", slug="gui-ze", introduced_in=0, removed_in=1)

        assert add_unit(course, kind="article", title="规则").slug == "gui-ze-2"

    def test_typed_address_that_is_taken_is_refused(self):
        unit = UnitFactory(slug="rule", course__draft=True)

        with pytest.raises(Refused) as refusal:
            add_unit(unit.course, kind="article", title="规则", slug="rule")

        assert refusal.value.field == "slug"

    def test_text_of_a_draft_can_be_emptied(self):
        assert change_unit(UnitFactory(course__draft=True), body="").body == ""

    def test_title_of_a_sister_is_refused_and_the_own_kept(self):
        unit = UnitFactory(title="规则", course__draft=True)
        sister = UnitFactory(course=unit.course, title="例外")

        change_unit(sister, title="例外", minutes=9)
        with pytest.raises(Refused, match="a unit with this title"):
            change_unit(sister, title="规则")


class TestRemoveUnit:
    def test_that_nobody_opened_deletes_it(self):
        unit = UnitFactory(course__draft=True)

        assert remove_unit(unit) is True
        assert not Unit.objects.exists()

    def test_that_somebody_opened_keeps_it_on_record(self):
        unit = UnitFactory(course__draft=True)
        at = clock.now()
        UnitProgress.objects.create(enrolment=EnrolmentFactory(course=unit.course), unit=unit, opened_at=at)

        assert remove_unit(unit) is False
        unit.refresh_from_db()
        assert (titles(unit.course), unit.is_in(0), unit.is_in(1)) == ([], True, False)


class TestReorderUnits:
    def test_puts_them_in_the_order_given(self):
        course = CourseFactory(draft=True)
        a, b, c = (UnitFactory(course=course, title=title) for title in "甲乙丙")

        reorder_units(course, [c.pk, a.pk, b.pk])

        assert titles(course) == ["丙", "甲", "乙"]

    @pytest.mark.parametrize("change", ["missing", "twice", "foreign"])
    def test_refuses_ids_that_are_not_the_outline(self, change):
        course = CourseFactory(draft=True)
        a, b = (UnitFactory(course=course, title=title) for title in "甲乙")
        ids = {"missing": [a.pk], "twice": [b.pk, b.pk, a.pk], "foreign": [b.pk, a.pk, UnitFactory().pk]}[change]

        with pytest.raises(Refused, match="changed meanwhile"):
            reorder_units(course, ids)

        assert titles(course) == ["甲", "乙"]
