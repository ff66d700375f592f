"""Books, and people with results in them."""

import pytest

from assessments.gradebook.books import book_of_course
from tests.assessments.gradebook.trying import tried
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    ParticipationFactory,
    ProgrammeFactory,
    UnitFactory,
    add_courses,
)
from tests.factories.people import PersonFactory


@pytest.fixture
def book(quiz):
    return lambda: book_of_course(quiz.unit.course)


@pytest.fixture
def programme_of():
    def make(*courses):
        programme = ProgrammeFactory()
        add_courses(programme, *courses)
        return programme

    return make


@pytest.fixture
def taking_part():
    def make(programme, person=None, **fields):
        assignment = programme.assignments.first() or AssignmentFactory(programme=programme)
        return ParticipationFactory(assignment=assignment, person=person or PersonFactory(), **fields).person

    return make


@pytest.fixture
def class_of_four(quiz):
    """安 passed, 边 failed, 蔡 waits to be marked, 丁 has not begun."""
    course = quiz.unit.course
    unit = UnitFactory(course=course, kind="quiz", position=quiz.unit.position + 1)
    second = put(QuizFactory(unit=unit), QuestionFactory(topic=course.topic))
    people = {name: PersonFactory(name=name) for name in ("安琪", "边城", "蔡明", "丁一")}
    enrolments = {name: EnrolmentFactory(person=person, course=course) for name, person in people.items()}
    for name, scores in {"安琪": (80, 90), "边城": (100, 20)}.items():
        tried(enrolments[name], quiz, scores[0])
        tried(enrolments[name], second, scores[1])
    tried(enrolments["蔡明"], second, 0, state="submitted")
    return people
