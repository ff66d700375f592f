"""The demo's points: rules in rounds, gifts within their limits, one counter-entry; nobody is told."""

from datetime import timedelta

import pytest

from assessments.models import LevelChange
from assessments.points.demo import earn_levels, tell
from assessments.points.happened import levels_moved
from assessments.points.models import PointEntry, PointRule
from tests.assessments.points.conftest import NOW
from tests.factories.courses import CourseFactory, EnrolmentFactory
from tests.factories.ratings import competency
from trainingsite.core.demo import Story
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


@pytest.fixture
def story(hire):
    """A supervisor with three people, the trainee among them, who has completed a course."""
    hire(Role.HR, username="hr", department="centre")
    hire(Role.SUPERVISOR, username="supervisor", name="周明")
    trainee = hire(username="trainee", department="disputes")
    for _person in range(2):
        hire(department="disputes")
    EnrolmentFactory(person=trainee, course=CourseFactory(), completed_at=NOW - timedelta(days=200))
    EnrolmentFactory(person=trainee, course=CourseFactory(), completed_at=NOW + timedelta(hours=3))
    return Story(NOW.date())


def test_it_tells_rules_gifts_and_one_counter_entry(story):
    tell(story)
    quiz = PointRule.objects.filter(event="quiz").order_by("number").values_list("points", flat=True)
    assert list(quiz) == [10, 12]
    assert PointRule.objects.filter(valid_from__gt=story.today).count() == 1
    assert PointEntry.objects.filter(event="course").count() == 2
    counter = PointEntry.objects.get(counter_of__isnull=False)
    assert (counter.counter_of.reason != counter.reason, counter.by.username) == (True, "hr")
    assert PointEntry.objects.filter(
        event="given", person__username="trainee", recorded_at__gte=NOW - timedelta(days=4)
    )
    assert not Notice.objects.exists()
    assert all(one.recorded_at == one.at for one in PointEntry.objects.filter(counter_of=None))


def test_points_for_levels_of_a_later_part_get_the_moments_of_the_levels(story):
    tell(story)
    trainee, of = User.objects.get(username="trainee"), competency("empathy")
    then = NOW - timedelta(days=90)
    change = LevelChange(person=trainee, competency=of, before=None, after=2, why="evidence", at=then)
    earn_levels([change])
    levels_moved([LevelChange(person=trainee, competency=of, before=None, after=2, why="evidence", at=NOW)], NOW)
    assert [(one.key, one.at, one.recorded_at) for one in PointEntry.objects.filter(event="level").order_by("key")] == [
        (f"{of.pk}:1", then, then),
        (f"{of.pk}:2", then, then),
    ]
