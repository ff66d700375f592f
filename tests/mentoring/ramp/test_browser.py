"""HR looks at the cohorts, goes to one newcomer, and sets another rule; the newcomer looks on a phone."""

import pytest
from playwright.sync_api import expect

from mentoring.models import RampRule
from mentoring.ramp.actions import reckon
from tests.factories.people import PersonFactory
from tests.mentoring.ramp.conftest import DAY, figures
from trainingsite.core import clock
from trainingsite.core.days import start_of
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def newcomer(transactional_db, hire):
    """One who became proficient on day 12, like five others of the same department."""
    today = clock.today()
    RampRule.objects.create(pk=1, metrics=["satisfaction"], run_days=3, settled_from=10, horizon=30)
    figures(PersonFactory(name="老员工", hired_on=today - 3000 * DAY), today - 800 * DAY, [90])
    first = today - 250 * DAY
    people = [hire(Role.TRAINEE, name=f"新人{n}", hired_on=first - 7 * DAY, department="disputes") for n in range(6)]
    for person in people:
        figures(person, first, [60] * 9 + [85] * 21)
    reckon(on=today, at=start_of(today))
    return people[0]


def test_cohorts_one_newcomer_and_another_rule(newcomer, hire, open_as, axe):
    page = open_as(hire(Role.HR, name="陈人力"), "/mentoring/ramp/")
    expect(page.get_by_role("img", name="首次接待客户后各天的新人达标比例")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("搜索").fill("新人0")
    page.get_by_role("link", name="新人0").click()
    expect(page.get_by_text("第 12 天达标").first).to_be_visible()
    assert axe(page) == []

    page.goto(page.url.split("/people/")[0] + "/rule/")
    page.get_by_label("连续达标天数").fill("4")
    assert axe(page) == []
    page.get_by_role("button", name="保存并重新计算").click()
    expect(page.get_by_role("heading", name="重新计算全部上手曲线")).to_be_visible()

    phone = open_as(newcomer, "/mentoring/ramp/mine/", phone=True)
    expect(phone.get_by_role("heading", name="我的上手曲线")).to_be_visible()
    assert (axe(phone), phone.evaluate("document.documentElement.scrollWidth")) == ([], 360)
