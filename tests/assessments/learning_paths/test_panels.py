"""What the first page and the page of a person say."""

import pytest

from assessments.learning_paths.actions import accept, close
from assessments.learning_paths.panels import path_of, path_seen
from assessments.learning_paths.suggestions import suggest
from courses.enrolment.actions import complete_many
from courses.models import Competency
from tests.factories.learning_paths import NOON, has_level
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

TODAY = NOON.date()


@pytest.fixture
def path(noon, jing, offered):
    found = suggest(jing, TODAY)
    return accept(jing, mark=found.mark, courses=[step.course.pk for step in found.steps], at=NOON)


def test_a_suggestion_waits_on_the_first_page(jing, offered):
    found = path_of(jing, TODAY)
    assert found == {"suggestion": suggest(jing, TODAY)}


def test_who_lacks_nothing_sees_nothing(jing, offered, hire):
    for code in ("typing", "empathy"):
        has_level(jing, Competency.objects.get(code=code), 3)
    assert path_of(jing, TODAY) == path_of(hire(), TODAY) == {}


def test_the_open_path_shows_what_is_next(jing, path, django_assert_num_queries):
    first, second, _third = path.steps.all()
    complete_many([(first.enrolment, NOON)])
    with django_assert_num_queries(1):
        found = path_of(jing, TODAY)
    assert (found["path"], found["next"], found["done"], found["all"]) == (path, second, 1, 3)


def test_the_page_of_a_person_leads_to_the_path(jing, path, hire):
    assert path_seen(hire(Role.SUPERVISOR), jing, TODAY)["path"] == path
    close(path, reason="换岗", at=NOON)
    assert path_seen(hire(Role.HR), jing, TODAY)["path"].closed_reason == "换岗"
    assert path_seen(hire(Role.SUPERVISOR, department="sales"), jing, TODAY)["path"] is None


def test_both_are_drawn(as_, jing, offered, hire):
    assert "/me/learning-path/" in as_(jing).get("/").content.decode()
    found = suggest(jing, clock.today())
    accept(jing, mark=found.mark, courses=[offered.typing.pk], at=clock.now())
    assert "打字提速" in as_(jing).get("/").content.decode()
    page = as_(hire(Role.SUPERVISOR)).get(f"/people/{jing.pk}/").content.decode()
    assert f"/people/{jing.pk}/learning-path/" in page
