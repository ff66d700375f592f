"""What is suggested to whom, from the levels, the profile and the courses in the database."""

from datetime import timedelta

import pytest

from assessments.learning_paths.suggestions import suggest, suggest_many
from courses.enrolment.actions import enrol
from courses.models import Competency, Course, Enrolment
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.learning_paths import NOON, has_level, teaching
from trainingsite.people.access.roles import Role

TODAY = NOON.date()
DAY = timedelta(days=1)


def told(suggestion):
    return [
        (
            step.course.title,
            step.minutes,
            step.running,
            [(each.competency.code, each.closing.before, each.closing.after) for each in step.closes],
        )
        for step in suggestion.steps
    ]


def test_each_step_says_what_it_closes_and_when(jing, offered):
    found = suggest(jing, TODAY)
    assert told(found) == [
        ("打字提速", 30, 30, [("typing", 1, 3)]),
        ("沟通基础", 20, 50, []),
        ("共情进阶", 60, 110, [("empathy", 0, 3)]),
    ]
    assert found.minutes == 110
    assert found.left == ()
    assert [course.title for course in found.steps[1].needed_for] == ["共情进阶"]


def test_a_gap_that_no_course_closes_is_named(jing):
    teaching("打字入门", 15, typing=2)
    found = suggest(jing, TODAY)
    assert told(found) == [("打字入门", 15, 15, [("typing", 1, 2)])]
    assert [(each.competency.code, each.gap.level, each.gap.need) for each in found.left] == [
        ("typing", 2, 3),
        ("empathy", 0, 3),
    ]


def test_what_was_learnt_lately_waits_for_evidence(jing, offered):
    EnrolmentFactory(person=jing, course=offered.typing, completed_at=NOON - DAY)
    found = suggest(jing, TODAY)
    assert [(each.competency.code, each.learnt) for each in found.left] == [("typing", True)]
    assert not found.is_learnt  # there is a course for empathy
    EnrolmentFactory(person=jing, course=offered.empathy, completed_at=NOON - DAY)
    assert suggest(jing, TODAY).is_learnt


def test_without_a_profile_there_is_no_suggestion(hire, offered):
    assert suggest(hire(Role.TRAINEE), TODAY) is None


def test_who_meets_the_profile_gets_no_step(jing, offered):
    for code in ("typing", "empathy"):
        has_level(jing, Competency.objects.get(code=code), 4)
    found = suggest(jing, TODAY)
    assert (found.steps, found.left, found.minutes) == ((), (), 0)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_published_courses_are_suggested(jing, offered, status):
    Course.objects.filter(pk=offered.typing.pk).update(status=status)
    assert [step.course.title for step in suggest(jing, TODAY).steps] == ["沟通基础", "共情进阶"]


@pytest.mark.parametrize(("days", "again"), [(30, False), (364, False), (365, True)], ids=str)
def test_what_was_completed_within_a_year_is_not_suggested_again(jing, offered, days, again):
    EnrolmentFactory(person=jing, course=offered.typing, completed_at=NOON - days * DAY)
    assert ("打字提速" in [step.course.title for step in suggest(jing, TODAY).steps]) is again


def test_what_was_completed_ever_is_not_needed_first(jing, offered):
    EnrolmentFactory(person=jing, course=offered.basics, completed_at=NOON - 900 * DAY)
    assert [step.course.title for step in suggest(jing, TODAY).steps] == ["共情进阶", "打字提速"]


def test_a_course_that_is_open_is_named_with_its_enrolment(jing, offered):
    held = enrol(jing, offered.typing, on=TODAY)
    assert [step.held for step in suggest(jing, TODAY).steps] == [held.pk, None, None]


def test_a_withdrawn_course_is_suggested_again(jing, offered):
    EnrolmentFactory(person=jing, course=offered.typing, withdrawn_at=NOON, withdrawn_reason="转岗")
    assert suggest(jing, TODAY).steps[0].held is None


def test_hours_are_those_of_the_units_in_use(jing, offered):
    UnitFactory(course=offered.typing, minutes=500, introduced_in=1, removed_in=2)
    Course.objects.filter(pk=offered.typing.pk).update(version=2)
    assert suggest(jing, TODAY).steps[0].minutes == 30


def test_the_mark_changes_with_what_is_suggested(jing, offered):
    first = suggest(jing, TODAY).mark
    assert suggest(jing, TODAY + DAY).mark == first
    has_level(jing, Competency.objects.get(code="typing"), 2)
    assert suggest(jing, TODAY).mark != first


def test_many_are_told_the_same_as_one_in_as_many_queries(noon, jing, offered, hire, django_assert_num_queries):
    people = [hire(Role.TRAINEE, position=jing.position) for _number in range(12)]
    EnrolmentFactory(person=people[0], course=offered.typing, completed_at=NOON - DAY)
    with django_assert_num_queries(6):
        found = suggest_many([jing.pk, *[person.pk for person in people]], TODAY)
    assert found[jing.pk] == suggest(jing, TODAY)
    assert found[people[0].pk] == suggest(people[0], TODAY)
    assert Enrolment.objects.count() == 1
