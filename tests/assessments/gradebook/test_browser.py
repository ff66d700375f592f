"""HR looks through a gradebook, at the desk and on a phone."""

import pytest

from tests.assessments.gradebook.trying import tried
from tests.factories.courses import EnrolmentFactory
from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("phone", "theme"), [(False, "light"), (True, "dark")])
def test_hr_finds_who_is_below_the_pass_mark(open_as, axe, hire, class_of_four, quiz, phone, theme):
    page = open_as(hire(Role.HR), f"/gradebook/courses/{quiz.unit.course_id}/", phone=phone, theme=theme)
    assert page.locator("tbody tr").count() == 4
    assert axe(page) == []
    page.select_option("select[name=state]", "below")
    page.wait_for_url("**state=below**")
    page.locator("tbody tr").nth(1).wait_for(state="detached")
    assert page.locator("tbody th").inner_text().startswith("边城")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_person_stays_in_sight_while_quizzes_are_scrolled(open_as, hire, class_of_four, quiz):
    page = open_as(hire(Role.HR), f"/gradebook/courses/{quiz.unit.course_id}/")
    page.set_viewport_size({"width": 800, "height": 700})
    frame = page.locator(".r-book")
    before = page.locator("tbody th").first.bounding_box()["x"]
    frame.evaluate("frame => { frame.style.width = '420px'; frame.scrollLeft = 120; }")
    assert abs(page.locator("tbody th").first.bounding_box()["x"] - before) < 1


def test_groups_are_drawn_with_the_target(open_as, axe, hire, quiz, company):
    for number in range(6):
        person = PersonFactory(department=company["care"])
        tried(EnrolmentFactory(person=person, course=quiz.unit.course), quiz, 90 if number else 20)
    page = open_as(hire(Role.HR), f"/gradebook/courses/{quiz.unit.course_id}/groups/")
    page.wait_for_selector(".k-chart-canvas svg")
    assert "95" in page.locator(".k-chart-canvas").inner_text()
    assert axe(page) == []
