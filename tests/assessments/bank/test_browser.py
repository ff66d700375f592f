import pytest
from playwright.sync_api import expect

from assessments.models import Question
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEM = "客户签收第六天申请退货，商品完好，客服应当怎样回复？"


@pytest.mark.parametrize("phone", [False, True])
def test_hr_writes_a_question_changes_many_takes_it_back_and_finds_a_duplicate(open_as, axe, hire, phone):
    hr = hire(Role.HR, department="centre", name="人力")
    topic = TopicFactory(slug="returns", title="退换货")
    QuestionFactory(topic=topic, code="a-1", stem=f"**{STEM}**", texts=("受理", "拒绝"))
    QuestionFactory(topic=topic, code="a-2", stem="哪些信息不能写进工单备注？", tags=["大促"])
    page = open_as(hr, "/questions/", phone=phone)
    assert axe(page) == []

    # Write one of a kind, and try it.
    page.get_by_role("link", name="新建题目").first.click()
    page.get_by_role("link", name="单选题").first.click()
    page.get_by_label("题干").first.fill(STEM)
    texts = page.locator("[name^=options-][name$=-text]:visible")
    texts.nth(0).fill("受理")
    texts.nth(1).fill("拒绝")
    page.locator("[name^=options-][name$=-correct]").first.check()
    page.locator("[name=topic]").select_option(str(topic.pk))
    page.locator("[name=tags]").fill("退货，大促")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="试答").click()
    assert axe(page) == []
    page.get_by_label("受理").check()
    page.get_by_role("button", name="查看对错").click()
    expect(page.get_by_text("答对", exact=True)).to_be_visible()
    made = Question.objects.get(code="returns-001")
    assert (made.tags, made.status) == (["退货", "大促"], "ready")

    # Change two of them together, and take it back.
    page.goto("/questions/")
    page.get_by_label("选择 a-1").check()
    page.get_by_label("选择 a-2").check()
    page.get_by_role("button", name="修改所选").click()
    page.locator("[name=add_tags]").fill("双十一")
    page.locator("[name=difficulty]").select_option("3")
    page.get_by_role("button", name="查看结果预览").click()
    assert axe(page) == []
    page.get_by_role("button", name="修改 2 道题").click()
    expect(page.get_by_text("已修改 2 道题")).to_be_visible()
    assert list(Question.objects.filter(tags__contains=["双十一"], difficulty=3).values_list("code", flat=True)) == [
        "a-1",
        "a-2",
    ]
    page.goto("/questions/bulk/changes/")
    page.get_by_role("button", name="撤销").first.click()
    expect(page.get_by_text("已撤销")).to_be_visible()
    assert not Question.objects.filter(tags__contains=["双十一"]).exists()

    # Two say the same: keep one.
    page.goto("/questions/duplicates/")
    assert axe(page) == []
    page.get_by_role("link", name="对比").first.click()
    assert axe(page) == []
    page.get_by_role("button", name="保留 a-1，停用 returns-001").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text("没有相似的题目")).to_be_visible()
    made.refresh_from_db()
    assert (made.status, made.replaced_by.code) == ("retired", "a-1")
