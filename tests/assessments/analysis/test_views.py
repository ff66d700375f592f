"""What the analysis says of a person, to whom, and what it leads to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.analysis.reports import report_on
from courses.models import Teaches
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import CompetencyFactory, CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.people.access.roles import Role

LATER = NOON + timedelta(days=2)


def report(person, viewer=None):
    return report_on(person, viewer=viewer or person, at=LATER)


def test_the_weakest_comes_next_and_the_strong_does_not(learnt, trainee):
    found = report(trainee)
    assert [(str(line.competency), line.strength.percent) for line in found.next] == [("共情", 30.0)]
    assert {str(line.competency): line.strength.percent for line in found.known} == {"共情": 30.0, "平台规则": 100.0}


def test_courses_that_teach_it_are_named_with_how_far_the_person_is(learnt, trainee, empathy):
    going, fresh = CourseFactory(title="甲"), CourseFactory(title="乙")
    draft = CourseFactory(title="丙", draft=True)
    for level, course in ((1, going), (2, fresh), (1, draft)):
        Teaches.objects.create(course=course, competency=empathy, level=level)
    enrolment = EnrolmentFactory(person=trainee, course=going)
    (line,) = report(trainee).next
    assert [(step.course, step.enrolment, step.done) for step in line.courses] == [
        (going, enrolment, None),
        (fresh, None, None),
    ]


def test_practice_in_the_own_courses_is_named_once(learnt, trainee, empathy):
    def practice(course):
        questions = [QuestionFactory(topic=course.topic, competency=empathy) for _ in range(2)]
        return put(QuizFactory(unit=UnitFactory(course=course, kind="quiz"), practice=True), *questions)

    mine, others = CourseFactory(), CourseFactory()
    EnrolmentFactory(person=trainee, course=mine)
    wanted, _foreign = practice(mine), practice(others)
    (line,) = report(trainee).next
    assert [exercise.quiz for exercise in line.practice] == [wanted]


def test_marks_that_the_quiz_hides_are_not_told_by_the_back_door(learnt, trainee, hire, quiz):
    quiz.review = {"during": [], "after": ["answers"], "open": ["answers"], "closed": ["answers"]}
    quiz.save()
    assert report(trainee).lines == []
    assert len(report(trainee, hire(Role.HR)).lines) == 2


def test_marks_shown_after_the_close_count_from_then_on(learnt, trainee, quiz):
    quiz.review = {"during": [], "after": [], "open": [], "closed": ["marks"]}
    quiz.closes_at = LATER + timedelta(hours=1)
    quiz.save()
    assert report(trainee).lines == []
    assert len(report_on(trainee, viewer=trainee, at=LATER + timedelta(hours=2)).lines) == 2


@pytest.mark.parametrize("quizzes", [1, 12])
def test_when_each_quiz_closes_is_asked_once(trainee, empathy, course, quizzes, django_assert_num_queries):
    for number in range(quizzes):
        quiz = QuizFactory(unit=UnitFactory(course=course, kind="quiz", slug=f"quiz-{number}"), closes_at=NOON)
        quiz.review = {"open": [], "closed": ["marks"]}
        quiz.save()
        questions = [QuestionFactory(topic=course.topic, competency=empathy) for _n in range(5)]
        answered(put(quiz, *questions), {question: single(True) for question in questions}, trainee)
    with django_assert_num_queries(5):
        (line,) = report(trainee).known
    assert line.strength.answers == 5 * quizzes


def test_the_trainee_sees_the_own_page(as_, learnt, trainee):
    page = as_(trainee).get("/analysis/")
    assert page.context["mine"]
    assert "共情" in page.content.decode()


def test_nothing_known_says_what_will_be_here(as_, trainee):
    assert as_(trainee).get("/analysis/").context["chart"] is None


def test_the_supervisor_sees_the_own_people_and_no_others(as_, hire, learnt, trainee):
    assert as_(hire(Role.SUPERVISOR, department="care")).get(f"/people/{trainee.pk}/analysis/").status_code == 200
    assert as_(hire(Role.SUPERVISOR, department="sales")).get(f"/people/{trainee.pk}/analysis/").status_code == 404


def test_the_page_of_the_person_says_the_weakest(as_, hire, learnt, trainee):
    page = as_(hire(Role.HR)).get(f"/people/{trainee.pk}/").content.decode()
    assert f"/people/{trainee.pk}/analysis/" in page
    assert "共情" in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_a_fixed_number_of_queries(as_, trainee, quiz, number):
    topic = quiz.unit.course.topic
    for _ in range(number):
        competency = CompetencyFactory()
        Teaches.objects.create(course=CourseFactory(topic=topic), competency=competency, level=1)
        questions = [QuestionFactory(topic=topic, competency=competency) for _ in range(5)]
        answered(quiz, {question: single(False) for question in questions}, trainee)
    client = as_(trainee)
    client.get("/analysis/")
    with CaptureQueriesContext(connection) as made:
        page = client.get("/analysis/")
    assert len(page.context["report"].next) == min(number, 3)
    assert len(made) <= 10
