from datetime import date

import pytest

from courses.lessons.demo import PEOPLE, THROUGH, tell
from courses.models import Course, Enrolment, Media, PageProgress, WatchProgress
from tests.factories.courses import TopicFactory
from tests.factories.people import DepartmentFactory, PersonFactory
from trainingsite.core.demo import Story

pytestmark = pytest.mark.django_db


def test_demo_has_a_course_to_watch_to_hear_and_to_leaf_through():
    story = Story(date(2026, 6, 1))
    department = DepartmentFactory()
    story.kept["department"] = {"after-sale": department}
    TopicFactory(slug="service-etiquette")
    for name in ("instructor", "trainee"):
        PersonFactory(username=name, department=department)
    for _number in range(PEOPLE):
        PersonFactory(department=department)

    tell(story)

    course = Course.objects.get()
    assert (course.status, [unit.kind for unit in course.units.order_by("position")]) == (
        "published",
        ["video", "audio", "document"],
    )
    assert sorted(Media.objects.values_list("kind", flat=True)) == ["audio", "document", "video"]
    assert Enrolment.objects.completed().count() == THROUGH
    assert Enrolment.objects.count() == PEOPLE
    assert WatchProgress.objects.count() == PEOPLE + THROUGH
    assert PageProgress.objects.count() == THROUGH
