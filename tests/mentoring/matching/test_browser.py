"""HR matches newcomers: who and by which rules, the proposal, a change by hand with its cost, the pairings."""

import pytest
from playwright.sync_api import expect

from mentoring.models import MatchingRound, Pairing
from trainingsite.people.models import User

pytestmark = pytest.mark.browser


@pytest.fixture
def newcomers(transactional_db, mentee, mentor, today):
    mentor("李静", "empathy", "complaints", shifts=["early"])
    mentor("周敏", "typing", shifts=["early", "late"])
    return [mentee(name, hired_on=today, shifts=["early"]) for name in ("王小明", "李梅")]


def test_a_round_from_the_choice_to_the_pairings(open_as, axe, hr, newcomers):
    page = open_as(hr, "/mentoring/matching/")
    page.get_by_role("link", name="新建方案").click()
    expect(page.get_by_text("已选 2 人")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("在学员中查找").fill("梅")
    expect(page.get_by_label("王小明")).to_be_hidden()
    page.get_by_label("在学员中查找").fill("")
    page.get_by_label("周敏的名额").select_option("1")
    expect(page.get_by_text("名额 4 个")).to_be_visible()
    page.get_by_role("button", name="生成方案").click()

    expect(page.get_by_text("2/3 项差距：同理心、投诉闭环").first).to_be_visible()
    assert axe(page) == []
    matching = MatchingRound.objects.get()
    row = page.locator(f"#match-{matching.matches.get(mentee=newcomers[0]).pk}")
    row.get_by_role("button", name="周敏").click()
    expect(row.get_by_text("手动", exact=True)).to_be_visible()
    expect(page.get_by_text("手动调整的代价")).to_be_visible()

    page.get_by_role("button", name="确认方案").click()
    expect(page.get_by_role("dialog").get_by_text("2 对带教关系")).to_be_visible()
    page.get_by_role("button", name="建立带教关系").click()
    expect(page.get_by_text("已建立 2 对带教关系")).to_be_visible()
    assert Pairing.objects.open().get(mentee=newcomers[0]).mentor.name == "周敏"


def test_a_proposal_fits_a_phone(open_as, axe, hr, begin, newcomers, mentor):
    mentor("晚班导师", shifts=["late"])
    matching = begin(newcomers, dict.fromkeys(User.objects.filter(mentor_profile__isnull=False), 1))

    page = open_as(hr, matching.get_absolute_url(), phone=True)
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 360)
    page.get_by_role("link", name="全部导师").first.click()
    expect(page.get_by_text("没有共同班次").first).to_be_visible()
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 360)
