"""An author reads how a quiz and a question did."""

import pytest

from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("phone", "theme"), [(False, "light"), (True, "dark")])
def test_an_author_goes_from_a_quiz_to_what_is_wrong_with_a_question(open_as, axe, hire, taken, phone, theme):
    page = open_as(hire(Role.INSTRUCTOR), "/statistics/", phone=phone, theme=theme)
    page.click("tbody a")
    page.wait_for_selector(".k-chart-canvas svg")
    assert page.locator(".k-chart-canvas svg").count() == 2
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click(".k-list a.k-list-title >> nth=0")
    page.wait_for_selector("text=转交主管")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_scatter_has_its_numbers_as_a_table(open_as, hire, taken):
    page = open_as(hire(Role.HR), f"/statistics/quizzes/{taken.pk}/")
    page.click("[data-chart-switch] >> nth=1")
    assert page.locator(".k-chart-table:visible tbody tr").count() == 3


def test_the_question_s_own_page_shows_its_statistics(open_as, hire, taken, asked):
    page = open_as(hire(Role.ASSESSOR), f"/questions/{asked[0].pk}/")
    page.wait_for_selector(".r-share")
    assert page.locator("h1").count() == 1
