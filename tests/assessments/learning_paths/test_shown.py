"""A path as pages show it."""

from datetime import timedelta

import pytest

from assessments.learning_paths.actions import accept, close
from assessments.learning_paths.shown import Move, ended, latest_path, shown
from assessments.learning_paths.suggestions import suggest
from courses.enrolment.actions import complete_many, withdraw
from courses.models import Competency
from tests.factories.learning_paths import NOON

DAY = timedelta(days=1)


@pytest.fixture
def begin(noon, jing, offered):
    def make(*courses):
        found = suggest(jing, NOON.date())
        chosen = [course.pk for course in courses] or [step.course.pk for step in found.steps]
        return accept(jing, mark=found.mark, courses=chosen, at=NOON)

    return make


def test_what_is_next_is_the_first_course_that_is_open(begin):
    path = begin()
    first, second, third = path.steps.all()
    assert shown([path])[0].next.step == first
    complete_many([(second.enrolment, NOON)])
    withdraw(first.enrolment, reason="以后再学", at=NOON)
    found = shown([path])[0]
    assert (found.next.step, found.done, found.minutes, found.minutes_done) == (third, 1, 110, 20)


def test_each_step_names_what_it_raises(begin):
    typing, empathy = Competency.objects.get(code="typing"), Competency.objects.get(code="empathy")
    assert [step.closes for step in shown([begin()])[0].steps] == [
        (Move(typing, 1, 3, 3),),
        (),
        (Move(empathy, 0, 3, 3),),
    ]


def test_a_competency_that_is_gone_is_left_out(begin):
    path = begin()
    for step in path.steps.all():
        step.closes = [{**closing, "competency": 0} for closing in step.closes]
        step.save()
    assert [step.closes for step in shown([path])[0].steps] == [(), (), ()]


@pytest.mark.parametrize(("after", "up", "closed"), [(1, False, False), (2, True, False), (3, True, True)], ids=str)
def test_a_move_says_whether_it_is_enough(jing, after, up, closed):
    move = Move(Competency.objects.get(code="typing"), 1, after, 3)
    assert (move.went_up, move.is_closed) == (up, closed)


def test_the_open_path_goes_before_closed_ones_and_the_last_one_before_earlier_ones(begin, jing, offered):
    assert latest_path(jing) is None
    first = begin(offered.typing)
    close(first, reason="换岗", at=NOON + DAY)
    second = begin(offered.typing)
    close(second, reason="换班", at=NOON + 2 * DAY)
    assert latest_path(jing) == second
    third = begin(offered.typing)
    assert latest_path(jing) == third


def test_how_a_path_ended(begin, jing, django_assert_num_queries):
    path = begin()
    complete_many([(path.steps.first().enrolment, NOON)])
    close(path, reason="换岗", at=NOON + DAY)
    found = latest_path(jing)
    with django_assert_num_queries(1):
        told = ended(found, {})
    assert (told.path, told.done, told.courses) == (path, 1, 3)
    known = Competency.objects.in_bulk()
    with django_assert_num_queries(0):
        assert ended(found, known).moved == told.moved
    assert {move.competency.code for move in told.moved} == {"typing", "empathy"}


@pytest.mark.parametrize("paths", [1, 5])
def test_many_paths_take_two_queries(noon, begin, hire, jing, offered, django_assert_num_queries, paths):
    made = [begin()]
    for _number in range(paths - 1):
        person = hire(position=jing.position)
        found = suggest(person, NOON.date())
        made.append(accept(person, mark=found.mark, courses=[offered.typing.pk], at=NOON))
    with django_assert_num_queries(2):
        assert len(shown(made)) == paths
