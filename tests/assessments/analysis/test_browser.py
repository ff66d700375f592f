"""A trainee sees what to learn next, on the phone too."""

import pytest

from courses.models import Teaches
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import CompetencyFactory, CourseFactory, EnrolmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("phone", "theme"), [(False, "dark"), (True, "light")])
def test_a_trainee_goes_on_with_the_course_that_helps(open_as, axe, learnt, trainee, empathy, quiz, phone, theme):
    course = CourseFactory(title="听懂客户的情绪")
    Teaches.objects.create(course=course, competency=empathy, level=1)
    enrolment = EnrolmentFactory(person=trainee, course=course)
    third = CompetencyFactory(title="打字")
    questions = [QuestionFactory(topic=quiz.unit.course.topic, competency=third) for _ in range(5)]
    answered(quiz, {question: single(True) for question in questions}, trainee)
    page = open_as(trainee, "/analysis/", phone=phone, theme=theme)
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("link", name="听懂客户的情绪").get_attribute("href") == f"/learn/{enrolment.pk}/"


def test_who_is_new_reads_what_will_be_here(open_as, axe, hire):
    newcomer = hire()
    page = open_as(newcomer, "/analysis/")
    assert page.locator(".k-list").count() == 0
    assert axe(page) == []
