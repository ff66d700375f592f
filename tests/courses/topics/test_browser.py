import pytest
from playwright.sync_api import expect

from courses.models import Topic
from courses.topics.actions import create_topic
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_of_an_empty_company_takes_the_ready_topics_and_puts_them_in_order(open_as, hire, axe):
    page = open_as(hire(Role.HR), "/topics/tree/")
    page.get_by_role("button", name="使用现成的模块").click()
    expect(page.locator(".f-node")).to_have_count(Topic.objects.count())
    assert axe(page) == []

    page.get_by_role("button", name="将“产品知识”上移").click()
    expect(page.get_by_role("status").filter(has_text="已移动")).to_have_count(1)
    expect(page.locator(".f-title").first).to_have_text("产品知识")

    page.get_by_role("link", name="在“职业素养与发展”下添加模块").click()
    page.get_by_label("标题", exact=True).fill("晋升通道")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name="晋升通道", exact=True)).to_be_visible()
    assert Topic.objects.get(title="晋升通道").parent == Topic.objects.get(slug="career")

    page.get_by_role("searchbox", name="搜索").last.fill("差评")
    expect(page.get_by_role("link", name="差评与升级应对", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="晋升通道", exact=True)).to_be_hidden()


def test_topic_is_dragged_below_another_and_a_fourth_level_is_refused(open_as, hire):
    top = create_topic(title="工具")
    middle = create_topic(title="工单", parent=top)
    create_topic(title="工单字段", parent=middle)
    create_topic(title="数据")
    page = open_as(hire(Role.HR), "/topics/tree/")

    def drag(what, where):
        """By the pointer, onto the row of the other: into the list below it."""
        handle = page.locator(f"[data-topic='{what.pk}'] > .f-row [data-drag]")
        target = page.locator(f"[data-topic='{where.pk}'] > .f-tree")
        handle.hover()
        page.mouse.down()
        for step in range(6):  # the lists make room while something is dragged: look again where the target is
            box = target.bounding_box()
            page.mouse.move(box["x"] + 40 + step, box["y"] + 1 + step % 2, steps=6)
            page.wait_for_timeout(80)
        page.mouse.up()

    data = Topic.objects.get(title="数据")
    drag(data, top)
    expect(page.get_by_role("status").filter(has_text="“数据”已移动")).to_have_count(1)
    data.refresh_from_db()
    assert data.parent == top

    alone = create_topic(title="情绪")
    page.reload()
    drag(top, alone)
    expect(page.get_by_role("alert")).to_contain_text("模块最多 3 级")
    top.refresh_from_db()
    assert top.parent is None
