"""The demo's part: paths that are done, under way and assigned, and one suggestion that still waits."""

from datetime import timedelta

import pytest

from assessments.learning_paths import demo
from assessments.learning_paths.suggestions import suggest
from assessments.models import LearningPath, PathAssignment
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


@pytest.fixture
def story(hire, jing, offered, monkeypatch):
    """A small company: the login and eleven colleagues of one position."""
    monkeypatch.setattr(demo, "FINISHED", 2)
    monkeypatch.setattr(demo, "BEGUN", 2)
    hire(Role.HR, department="centre", username="hr")
    hire(Role.TRAINEE, username="trainee", position=jing.position)
    for _number in range(11):
        hire(Role.TRAINEE, position=jing.position)
    return Story(clock.today())


def test_some_are_done_some_begun_one_gap_is_closed_for_many(story, jing):
    with silence():
        demo.tell(story)
    done = LearningPath.objects.filter(closed_at__isnull=False)
    assert [path.closed_reason for path in done] == ["", ""]
    assert {path.closed_at.date() for path in done} <= {story.today - timedelta(days=1), story.today}
    begun = LearningPath.objects.open().filter(origin="accepted")
    assert sorted(path.steps.filter(enrolment__completed_at__isnull=False).count() for path in begun) == [0, 1]
    made = PathAssignment.objects.get()
    assert made.paths.count() == made.wanted > 1


def test_the_login_has_still_to_choose(story):
    with silence():
        demo.tell(story)
    login = LearningPath.objects.filter(person__username="trainee")
    assert not login.exists()
    assert suggest(User.objects.get(username="trainee"), story.today).steps


def test_without_gaps_there_is_nothing_to_tell(hire):
    hire(Role.HR, department="centre", username="hr")
    demo.tell(Story(clock.today()))
    assert not LearningPath.objects.exists()
