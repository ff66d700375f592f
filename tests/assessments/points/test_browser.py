"""A supervisor gives points on the phone; the trainee sees them there, and how they fade on the desk."""

import pytest

from assessments.points.models import PointEntry
from tests.factories.points import DAY, entry_of, rule_of
from trainingsite.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "退款纠纷里主动回访三次,客户改了差评。"


@pytest.fixture(autouse=True)
def now(db):
    """The clock of the browser's server is not frozen."""
    return clock.now()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_supervisor_gives_points_on_the_phone_and_the_trainee_sees_them(open_as, axe, boss, person):
    rule_of("given", 50, 180), rule_of("external", 20, 100)
    entry_of(person, at=clock.now() - 100 * DAY)
    page = open_as(boss, "/points/?q=lijing", phone=True)
    assert axe(page) == []
    assert fits(page)
    page.locator("#rows a[href$='/give/']").click()
    page.locator("input[name=points]").fill("30")
    page.locator("textarea[name=reason]").fill(REASON)
    assert axe(page) == []
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/people/{person.pk}/points/")
    assert fits(page)
    assert PointEntry.objects.filter(event="given").values_list("points", "reason", "by").get() == (30, REASON, boss.pk)
    page = open_as(person, "/me/points/", phone=True, theme="dark")
    page.wait_for_selector(".k-chart-canvas svg")
    assert page.locator(".k-tile-value").first.inner_text().startswith("40")
    assert REASON in page.locator(".pt-ledger").inner_text()
    assert axe(page) == []
    assert fits(page)
    page.locator("select[name=event]").select_option("external")
    page.wait_for_selector(".pt-ledger > li:only-child")
    assert axe(page) == []
