from datetime import timedelta

import pytest
from django.urls import reverse

from courses.curriculum.actions import change_unit
from courses.curriculum.versions import send_to_review, start_version
from courses.enrolment.actions import complete_unit, mark_overdue
from courses.enrolment.panels import by_itself, drafts, due_list, falls_out, next_step
from courses.enrolment.person_panel import courses_of
from courses.refreshers.actions import beat
from tests.factories.courses import (
    CourseFactory,
    DueExceptionFactory,
    EnrolmentFactory,
    RefresherFactory,
    UnitFactory,
)
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def trainee(hire):
    return hire()


def given(trainee, today, minutes=10, **values):
    course = CourseFactory()
    UnitFactory(course=course, minutes=minutes)
    return EnrolmentFactory(person=trainee, course=course, assigned_on=today - 30 * DAY, **values)


def test_next_step_is_what_is_most_overdue(trainee, today):
    given(trainee, today, due_on=today)
    late = given(trainee, today, due_on=today - DAY)
    given(trainee, today, started_at=clock.now())

    assert next_step(trainee, today)["enrolment"] == late


def test_next_step_without_a_near_date_is_what_was_begun(trainee, today):
    given(trainee, today, due_on=today + 20 * DAY)
    begun = given(trainee, today, started_at=clock.now(), due_on=today + 30 * DAY)

    assert next_step(trainee, today)["enrolment"] == begun


def test_minutes_left_are_those_of_the_units_to_do(course, trainee, today):
    enrolment = EnrolmentFactory(person=trainee, course=course)
    assert next_step(trainee, today)["enrolment"].minutes_left == 40

    complete_unit(enrolment, course.units.get(title="规则"), at=clock.now())
    assert next_step(trainee, today)["enrolment"].minutes_left == 30


def test_minutes_left_of_an_assessment_are_those_of_the_test(course, trainee, today):
    EnrolmentFactory(person=trainee, course=course, scope="assessment")

    assert next_step(trainee, today)["enrolment"].minutes_left == 20


def test_nothing_to_do_hides_the_panels(trainee, today):
    EnrolmentFactory(person=trainee, completed_at=clock.now())

    assert (next_step(trainee, today), due_list(trainee, today)) == ({}, {})


def test_due_list_is_by_date_and_adds_up_the_week(trainee, today):
    later = given(trainee, today, due_on=today + 8 * DAY)
    never = given(trainee, today)
    late = given(trainee, today, due_on=today - DAY, minutes=5)
    soon = given(trainee, today, due_on=today + 7 * DAY)

    shown = due_list(trainee, today)

    assert shown["rows"] == [late, soon, later, never]
    assert (shown["minutes"], shown["more"]) == (15, False)


def test_due_list_adds_up_more_than_it_shows(trainee, today):
    for _ in range(9):
        given(trainee, today, due_on=today, minutes=5)

    shown = due_list(trainee, today)

    assert (len(shown["rows"]), shown["more"], shown["minutes"]) == (6, True, 45)


def test_who_falls_out_by_department(hire, today):
    hr = hire(Role.HR)
    for place, number in (("care", 2), ("sales", 1)):
        for _ in range(number):
            given(hire(department=place), today, due_on=today - DAY)
    given(hire(department="sales", left_on=today), today, due_on=today - DAY)
    DueExceptionFactory()

    shown = falls_out(hr, today)

    assert [(row["person__department__name"], row["people"]) for row in shown["departments"]] == [
        ("售后服务部", 2),
        ("售前服务部", 1),
    ]
    assert shown["waiting"] == 1


def test_what_went_on_by_itself_and_what_comes(course, hire, today):
    hire()
    given(hire(), today, due_on=today - DAY)
    RefresherFactory(course=course, title="每月复训", starts_on=today)
    later = RefresherFactory(course=course, title="下周", starts_on=today + 7 * DAY)
    RefresherFactory(course=course, title="很久以后", starts_on=today + 60 * DAY)
    RefresherFactory(course=course, title="暂停", starts_on=today, paused_at=clock.now())
    beat(at=clock.now())
    mark_overdue(on=today)

    shown = by_itself(None, today)

    assert [(run.refresher.title, run.enrolled) for run in shown["opened"]] == [("每月复训", 2)]
    assert shown["marked"] == 1
    upcoming = [row for row in shown["upcoming"] if row[1] != "每月复训"]
    assert upcoming == [(today + 7 * DAY, "下周", later.pk)]


def test_drafts_wait_to_be_published(db):
    draft = CourseFactory(draft=True)
    CourseFactory()

    assert drafts(None, None) == {"waiting": [], "courses": [draft]}


def test_drafts_in_review_wait_the_longest_first(db):
    late, early, first = (UnitFactory(course__draft=first).course for first in (False, False, True))
    versions = []
    for hours, course in ((1, late), (3, early), (2, first)):
        start_version(course, by=None, at=clock.now())
        change_unit(course.units.get(), body="新")
        versions.append(send_to_review(course, by=None, at=clock.now() - timedelta(hours=hours)))

    assert drafts(None, None) == {"waiting": [versions[1], versions[2], versions[0]], "courses": []}


def test_home_shows_the_panels_of_the_role(as_, hire, today):
    trainee = hire()
    enrolment = given(trainee, today, due_on=today)

    page = as_(trainee).get(reverse("home")).content.decode()

    assert reverse("learn-on", args=[enrolment.pk]) in page
    assert "谁掉队了" not in page


def test_home_of_hr_says_who_falls_out(as_, hire):
    assert "谁掉队了" in as_(hire(Role.HR)).get(reverse("home")).content.decode()


def test_page_of_a_person_lists_what_is_open_and_what_was_done(hire, today):
    person = hire()
    done = given(person, today, completed_at=clock.now())
    late = given(person, today, due_on=today - DAY)
    given(person, today, withdrawn_at=clock.now())
    given(hire(), today)

    assert courses_of(hire(Role.HR), person, today)["rows"] == [late, done]
    assert courses_of(hire(Role.SUPERVISOR, department="sales"), person, today) == {}
