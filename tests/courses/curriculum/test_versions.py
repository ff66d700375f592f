"""The way of a version: started, sent to review, returned or published."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.curriculum.actions import add_unit, change_unit, remove_unit, reorder_units, retire
from courses.curriculum.differences import differences, same_content
from courses.curriculum.drafts import editable, units_of
from courses.curriculum.publishing import NotReady
from courses.curriculum.versions import (
    publish_version,
    return_to_author,
    send_to_review,
    start_version,
    take_back,
)
from courses.enrolment.actions import complete_unit, enrol, enrol_many, required_units
from courses.models import CourseVersion, Enrolment
from courses.player.outline import outlines_of
from tests.factories.courses import MONDAY, CourseFactory, UnitFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def course():
    """What learners have: 甲, 乙."""
    course = CourseFactory()
    for place, title in enumerate("甲乙", start=1):
        UnitFactory(course=course, title=title, slug=f"u{place}", position=place)
    return course


@pytest.fixture
def author():
    return PersonFactory()


def start(course, by=None):
    return start_version(course, by=by, at=clock.now())


def publish(course, **choices):
    version = publish_version(course, by=None, at=clock.now(), **choices)
    course.refresh_from_db()
    return version


def changed(course, title="甲"):
    """A draft in which one unit has another text."""
    start(course)
    return change_unit(course.units.in_use().get(title=title), body="新的文字")


def titles(units):
    return "".join(unit.title for unit in units)


def told():
    return list(Notice.objects.values_list("person", "kind"))


class TestStart:
    def test_opens_a_draft_with_the_next_number(self, course, author):
        version = start(course, by=author)

        assert (version.number, version.status, version.created_by) == (2, "draft", author)
        assert titles(units_of(version)) == "甲乙"

    def test_twice_opens_one(self, course):
        assert start(course) == start(course)
        assert list(course.versions.values_list("number", "status")) == [(2, "draft"), (1, "published")]

    def test_of_a_first_draft_is_that_draft(self):
        assert start(CourseFactory(draft=True)).number == 1

    def test_database_keeps_a_second_draft_out(self, course):
        start(course)

        with pytest.raises(IntegrityError), transaction.atomic():
            course.versions.create(number=3)


class TestReview:
    def test_keeps_who_sent_it_when_and_what_is_new(self, course, author):
        changed(course)
        at = clock.now()

        version = send_to_review(course, notes=" 新规则 ", by=author, at=at)

        assert (version.status, version.sent_by, version.sent_at, version.notes) == ("in_review", author, at, "新规则")

    def test_sent_twice_is_sent_once(self, course, author):
        changed(course)
        first = send_to_review(course, by=author, at=clock.now()).sent_at

        assert send_to_review(course, by=None, at=clock.now()).sent_at == first

    def test_of_nothing_new_is_refused(self, course):
        start(course)
        editable(course.units.get(title="甲"))

        with pytest.raises(NotReady, match="the same as what learners have"):
            send_to_review(course, by=None, at=clock.now())

    def test_of_an_unfinished_draft_is_refused(self, course):
        start(course)
        change_unit(course.units.get(title="甲"), body=" ")

        with pytest.raises(NotReady, match="has no text yet"):
            send_to_review(course, by=None, at=clock.now())

    def test_without_a_draft_is_refused(self, course):
        with pytest.raises(Refused) as refusal:
            send_to_review(course, by=None, at=clock.now())

        assert refusal.value.code == "no_draft"

    def test_first_draft_can_be_reviewed_too(self, author):
        course = UnitFactory(course__draft=True).course
        send_to_review(course, by=author, at=clock.now())

        assert publish(course).number == 1
        assert told() == [(author.pk, "version_published")]

    def test_return_tells_the_author_why(self, course, author):
        changed(course)
        send_to_review(course, by=author, at=clock.now())

        version = return_to_author(course, reason="例子太旧", by=PersonFactory(), at=clock.now())

        assert (version.status, version.reason) == ("draft", "例子太旧")
        notice = Notice.objects.get()
        assert (notice.person, notice.kind, notice.facts["reason"]) == (author, "version_returned", "例子太旧")

    def test_return_needs_a_reason_and_a_review(self, course, author):
        changed(course)
        with pytest.raises(Refused, match="not in review"):
            return_to_author(course, reason="旧", by=None, at=clock.now())

        send_to_review(course, by=author, at=clock.now())
        with pytest.raises(Refused) as refusal:
            return_to_author(course, reason="  ", by=None, at=clock.now())

        assert refusal.value.field == "reason"
        assert not Notice.objects.exists()

    def test_taken_back_twice_is_a_draft(self, course, author):
        changed(course)
        send_to_review(course, by=author, at=clock.now())

        assert [take_back(course).status, take_back(course).status] == ["draft", "draft"]
        assert not Notice.objects.exists()


class TestPublish:
    def test_offers_the_draft_and_keeps_what_was_offered(self, course, author):
        changed(course)
        send_to_review(course, notes="新规则", by=author, at=clock.now())

        publish(course)

        assert (course.version, course.status) == (2, "published")
        rows = course.versions.values_list("number", "status", "notes")
        assert list(rows) == [(2, "published", "新规则"), (1, "retired", "")]
        assert [unit.body for unit in course.units.in_use()] == ["新的文字", "先看订单，再回答客户。"]
        assert told() == [(author.pk, "version_published")]

    def test_twice_publishes_once(self, course):
        changed(course)
        first = publish(course)

        assert publish(course, notes="再次") == first
        assert (course.version, course.versions.count()) == (2, 2)

    def test_of_nothing_new_is_refused_and_copies_are_dropped(self, course):
        start(course)
        editable(course.units.get(title="甲"))

        with pytest.raises(NotReady, match="the same"):
            publish(course)

        assert course.version == 1

    def test_copy_that_was_not_changed_asks_nobody_again(self, course):
        changed(course)
        editable(course.units.get(title="乙"))

        version = publish(course)

        assert titles(differences(version).asked) == "甲"

    def test_another_order_is_a_new_version_and_learners_of_the_old_keep_theirs(self, course):
        start(course)
        a, b = course.units.all()
        reorder_units(course, [b.pk, a.pk])

        version = publish(course)

        assert titles(course.units.in_use()) == "乙甲"
        assert [titles(units_of(one)) for one in course.versions.order_by("number")] == ["甲乙", "乙甲"]
        assert differences(version).moved is True

    def test_third_version_names_only_what_it_changed(self, course):
        changed(course, "甲")
        publish(course)
        changed(course, "乙")

        version = publish(course)

        assert (version.number, titles(differences(version).changed)) == (3, "乙")
        assert titles(differences(course.versions.get(number=2)).changed) == "甲"

    def test_retired_course_is_offered_again_with_a_new_version(self, course):
        course = retire(course, at=clock.now())
        changed(course)

        assert publish(course).number == 2
        assert course.status == "published"

    def test_own_publication_is_no_news(self, course, author):
        changed(course)
        send_to_review(course, by=author, at=clock.now())
        publish_version(course, by=author, at=clock.now())

        assert told() == []


class TestThoseInTheMiddle:
    def test_finish_what_they_began(self, course):
        person = PersonFactory()
        enrolment = enrol(person, course, on=MONDAY)
        a, b = course.units.all()
        complete_unit(enrolment, a, at=clock.now())
        changed(course, "乙")
        add_unit(course, kind="article", title="丙", body="文")
        remove_unit(course.units.in_use().get(title="甲"))
        publish(course)

        assert list(required_units(enrolment)) == [a, b]
        assert complete_unit(enrolment, b, at=clock.now()).completed_at is not None
        assert Enrolment.objects.count() == 1

    def test_newcomers_get_the_new_one(self, course):
        changed(course, "乙")
        publish(course)

        enrolment = enrol(PersonFactory(), course, on=MONDAY)

        assert enrolment.version == 2
        assert [unit.body for unit in required_units(enrolment)] == ["先看订单，再回答客户。", "新的文字"]

    def test_keep_the_order_they_began_with(self, course):
        enrolment = enrol(PersonFactory(), course, on=MONDAY)
        start(course)
        a, b = course.units.all()
        reorder_units(course, [b.pk, a.pk])
        publish(course)
        newcomer = enrol(PersonFactory(), course, on=MONDAY)

        shown = [titles(step.unit for step in one.steps) for one in outlines_of([enrolment, newcomer])]
        assert shown == ["甲乙", "乙甲"]

    def test_minutes_left_are_those_of_the_version(self, course):
        enrol_many([PersonFactory().pk], course, on=MONDAY)
        start(course)
        change_unit(course.units.get(title="甲"), minutes=50)
        publish(course)
        enrol_many([PersonFactory().pk], course, on=MONDAY)

        rows = Enrolment.objects.with_minutes_left().order_by("pk")
        assert [(row.version, row.minutes_left) for row in rows] == [(1, 20), (2, 60)]


def test_content_is_the_same_until_something_differs(course):
    start(course)
    old = course.units.get(title="甲")
    copy = editable(old)

    assert same_content(old, copy) is True
    assert same_content(old, change_unit(copy, minutes=11)) is False


def test_history_keeps_every_step(course, author):
    changed(course)
    send_to_review(course, by=author, at=clock.now() + timedelta(seconds=1))
    publish(course)

    events = CourseVersion.pgh_event_model.objects.filter(number=2).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(dict.fromkeys(event.status for event in events)) == ["draft", "in_review", "published"]
