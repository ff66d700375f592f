import pytest
from playwright.sync_api import expect

from courses.discussions.actions import Words, write
from courses.models import Mention, Post
from tests.factories.practice import NINE, discussion_unit, enrolled
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def discussion(db, hire):
    """A discussion of 赵讲师's course, in which 李雷 has written."""
    found = discussion_unit(posts_needed=1)
    owner = hire(Role.INSTRUCTOR, name="赵讲师")
    found.course.owner = owner
    found.course.save()
    first = hire(Role.TRAINEE, name="李雷")
    enrolled(first, found.unit)
    write(found, Words("我会先说出客户等了几天。"), by=first, at=NINE)
    return found


def test_trainee_names_a_colleague_and_replies_on_a_phone(open_as, hire, axe, discussion):
    trainee = hire(Role.TRAINEE, name="王芳")
    enrolment = enrolled(trainee, discussion.unit)
    page = open_as(trainee, f"/learn/{enrolment.pk}/discussions/{discussion.unit_id}/", phone=True)
    expect(page.get_by_text("还需发言 1 次")).to_be_visible()
    text = page.get_by_label("你的发言")
    text.press_sequentially("同意 @lil")
    page.get_by_role("option", name="李雷").wait_for()
    assert axe(page) == []
    text.press("Enter")
    text.press_sequentially("的做法")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="发言").click()
    expect(page.get_by_text("你已参与讨论")).to_be_visible()
    expect(page.locator(".c-post-body").first).to_contain_text("同意 @李雷 的做法")
    page.get_by_role("link", name="回复 李雷").click()
    page.get_by_label("你的回复").fill("请再举一个例子。")
    assert axe(page) == []
    page.get_by_role("button", name="发送回复").click()

    expect(page.get_by_text("请再举一个例子。")).to_be_visible()
    assert [mention.person.name for mention in Mention.objects.all()] == ["李雷"]
    assert Post.objects.get(body="请再举一个例子。").parent.author.name == "李雷"


def test_owner_hides_a_post_with_a_reason_and_closes(open_as, axe, discussion):
    page = open_as(discussion.course.owner, f"/discussions/{discussion.pk}/")
    assert axe(page) == []
    page.get_by_role("button", name="置顶").click()
    expect(page.get_by_text("已置顶")).to_be_visible()
    page.get_by_role("link", name="隐藏").click()
    page.get_by_label("原因").fill("含客户隐私")
    assert axe(page) == []
    page.get_by_role("button", name="隐藏发言").click()
    expect(page.get_by_text("该发言已被隐藏，原因：含客户隐私")).to_be_visible()
    page.get_by_role("link", name="全部发言").click()
    page.get_by_role("button", name="关闭讨论").click()

    expect(page.get_by_text("讨论已关闭，只能查看。")).to_be_visible()


def test_learner_asks_the_owner_who_answers_from_the_first_page(open_as, hire, axe, discussion):
    trainee = hire(Role.TRAINEE, name="王芳")
    enrolled(trainee, discussion.unit)
    page = open_as(trainee, f"/courses/{discussion.course_id}/questions/?unit={discussion.unit_id}", phone=True)
    page.get_by_label("你的问题").fill("多久内要回访？")
    assert axe(page) == []
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_text("问题已发给课程负责人")).to_be_visible()

    page = open_as(discussion.course.owner, "/")
    page.get_by_role("link", name="多久内要回访？").click()
    page.get_by_label("你的回复").fill("24 小时内。")
    page.get_by_role("button", name="发送回复").click()

    page = open_as(trainee, "/notices/", phone=True)
    page.get_by_role("link", name="赵讲师").first.click()
    expect(page.get_by_text("24 小时内。")).to_be_visible()
