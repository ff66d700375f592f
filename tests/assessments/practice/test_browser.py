"""A trainee practises on the phone; a supervisor reads on the desk what is kept in mind."""

import pytest

from assessments.models import Card, Review
from assessments.practice.intake import take_in
from assessments.practice.scheduling import DAY
from tests.assessments.practice.practising import attempted
from tests.assessments.practice.test_retention import practised
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def due(quiz, trainee, enrolment):
    """Two questions that were missed yesterday."""
    attempted(quiz, trainee, 2, day=clock.today() - DAY)
    take_in()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_trainee_practises_on_the_phone(open_as, axe, trainee, due, theme):
    page = open_as(trainee, "/", phone=True, theme=theme)
    page.locator("main a[href='/practice/']").click()
    assert axe(page) == []
    assert fits(page)
    page.locator("input[value=a]").check()
    button = page.locator(".d-go button")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 740  # within reach, above the bar
    button.click()
    page.wait_for_selector(".d-verdict.k-good")
    assert axe(page) == []
    page.locator(".d-go a").click()
    page.locator("input[value=b]").check()
    page.locator(".d-go button").click()
    page.wait_for_selector(".d-verdict.k-bad:focus")
    box, button = page.locator(".a-choice.a-right").bounding_box(), page.locator(".d-go").bounding_box()
    assert box["y"] + box["height"] <= button["y"]  # what is right stands above the button, at once
    page.locator(".d-go a").click()
    page.locator("input[value=a]").check()
    page.locator(".d-go button").click()
    page.locator(".d-go a").click()
    page.wait_for_selector(".k-tiles")
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []
    assert fits(page)
    for low in (".d-look", ".k-chart-switch"):
        assert page.locator(low).first.bounding_box()["height"] >= 44
    tiles = [page.locator(".k-tile").nth(place).bounding_box()["width"] for place in (0, 2)]
    assert tiles[1] > 1.8 * tiles[0]  # the last one of three spans the row
    assert Review.objects.count() == 3
    assert Card.objects.filter(reps=1).count() == 2


def test_it_works_by_the_keyboard_alone(open_as, trainee, due):
    page = open_as(trainee, "/practice/")
    page.locator("input[value=a]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector(".d-verdict")
    page.keyboard.press("Enter")  # the way on has the focus
    page.wait_for_selector("form[data-try]")
    assert Review.objects.count() == 1


def test_a_supervisor_reads_what_is_kept_in_mind(open_as, axe, hire, db):
    today = clock.today()
    for title in ("售后规则", "物流时效"):
        question = QuestionFactory(topic=TopicFactory(title=title))
        for number in range(6):
            person = hire(department="care")
            for weeks in (1, 2):
                practised(person, question, right=number > weeks, day=today - 7 * weeks * DAY)
    page = open_as(hire(Role.SUPERVISOR, department="care"), "/practice/retention/")
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []
    assert page.get_by_role("rowheader", name="物流时效").count() >= 1
    with page.expect_response("**/practice/retention/?*"):
        page.select_option("[name=days]", "28")
    assert fits(page)
