from datetime import date, timedelta

import pytest

from courses.models import Enrolment, Occurrence
from courses.refreshers.actions import beat
from courses.refreshers.whats import WHATS, Result, results_of, what_of
from tests.courses.refreshers.conftest import moment
from tests.factories.courses import CourseFactory, RefresherFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

JUNE = date(2026, 6, 1)
DAY = timedelta(days=1)


def the_runs():
    return list(Occurrence.objects.select_related("refresher").order_by("pk"))


def test_percent_is_of_those_who_are_in_it():
    assert [Result(0, 0).percent, Result(3, 2).percent, Result(3, 2).passed_percent] == [None, 67, None]
    assert [Result(4, 2, 1).passed_percent, Result(4, 0, 0).passed_percent] == [50, None]


def test_results_count_what_was_done_and_leave_out_what_was_withdrawn(refresher, hire):
    for _ in range(4):
        hire()
    beat(at=moment(JUNE))
    done, gone = Enrolment.objects.order_by("pk")[:2]
    Enrolment.objects.filter(pk=done.pk).update(completed_at=clock.now())
    Enrolment.objects.filter(pk=gone.pk).update(withdrawn_at=clock.now(), withdrawn_reason="调岗")

    run, *coming = the_runs()

    assert results_of([run, *coming]) == {run.pk: Result(3, 1), **{each.pk: Result() for each in coming}}


@pytest.mark.parametrize("number", [1, 12])
def test_results_of_many_runs_take_one_query_a_kind(course, told, number, django_assert_num_queries):
    RefresherFactory.create_batch(number, course=course)
    RefresherFactory.create_batch(number, course=course, what="told")
    beat(at=moment(JUNE))
    runs = the_runs()

    with django_assert_num_queries(1):
        results_of(runs)


def test_run_of_an_unknown_kind_has_no_result_and_is_refused(course):
    RefresherFactory(course=course, what="moon")
    beat(at=moment(JUNE))

    assert set(results_of(the_runs()).values()) == {Result()}
    with pytest.raises(Refused) as refusal:
        what_of("moon")
    assert refusal.value.field == "what"


def test_minutes_are_those_of_what_is_asked(course):
    quiz, whole = RefresherFactory(course=course), RefresherFactory(course=course, what="course")

    assert [WHATS[each.what].minutes(each) for each in (quiz, whole)] == [20, 40]
    assert WHATS["quiz"].about(quiz) == "七天无理由退货"


def test_form_of_a_quiz_offers_published_courses_that_test(course):
    untested = CourseFactory()
    CourseFactory(draft=True)

    assert list(WHATS["quiz"].fields()["course"].queryset) == [course]
    assert set(WHATS["course"].fields()["course"].queryset) == {course, untested}


def test_unfinished_are_those_who_have_it_open_with_its_page(refresher, hire):
    people = [hire() for _ in range(2)]
    beat(at=moment(JUNE))
    Enrolment.objects.filter(person=people[0]).update(completed_at=clock.now())
    (run,) = Occurrence.objects.ran()

    left = Enrolment.objects.get(person=people[1])
    assert WHATS["quiz"].unfinished(run) == [(people[1].pk, f"/learn/{left.pk}/")]
