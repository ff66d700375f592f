import pytest
from playwright.sync_api import expect

from courses.models import SignOff
from tests.factories.mentoring import PairingFactory
from tests.factories.practice import checklist_unit, enrolled
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_trainee_shows_and_the_mentor_signs_on_phones(open_as, hire, axe):
    trainee, mentor = hire(Role.TRAINEE, name="林小雨"), hire(Role.MENTOR, name="陈师傅")
    PairingFactory(mentor=mentor, mentee=trainee)
    unit = checklist_unit().unit
    enrolment = enrolled(trainee, unit)
    page = open_as(trainee, f"/learn/{enrolment.pk}/checklists/{unit.pk}/", phone=True)
    for item in ("登录工单系统", "登记一张退货工单"):
        page.get_by_role("button", name=item).click()
    expect(page.locator(".k-status", has_text="待演示")).to_have_count(2)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page = open_as(mentor, "/", phone=True)
    page.get_by_role("link", name="林小雨 首周上岗实操").click()
    assert axe(page) == []
    page.get_by_role("button", name="签核 登录工单系统").click()
    expect(page.get_by_text("已记录：登录工单系统")).to_be_visible()
    page.get_by_role("button", name="撤回签核 登录工单系统").click()
    expect(page.get_by_text("已撤回：登录工单系统")).to_be_visible()
    page.get_by_role("button", name="签核 登录工单系统").click()
    item = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="登记一张退货工单"))
    item.get_by_label("备注").fill("凭证没有上传")
    item.get_by_role("button", name="未通过").click()
    expect(page.get_by_text("凭证没有上传")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto("/sign-offs/")
    expect(page.get_by_text("没有人在等你签核")).to_be_visible()
    assert axe(page) == []

    page = open_as(trainee, f"/learn/{enrolment.pk}/checklists/{unit.pk}/", phone=True)
    expect(page.get_by_text("凭证没有上传 陈师傅")).to_be_visible()
    page.get_by_role("button", name="可以再演示了").click()
    results = ["ready", "ready", "done", "undone", "done", "not_yet", "ready"]
    assert list(SignOff.objects.order_by("pk").values_list("result", flat=True)) == results
