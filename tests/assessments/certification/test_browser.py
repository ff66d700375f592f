"""The walk of this part: HR fills a quiz, a trainee passes it and holds a certificate that anybody can verify."""

import pytest
from playwright.sync_api import expect

from assessments.models import Certificate
from courses.models import Course
from tests.factories.assessments import CertificateFactory, CertificationFactory, QuestionFactory
from tests.factories.courses import EnrolmentFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


def test_hr_fills_a_quiz_and_a_trainee_earns_a_certificate_with_it(unit, course, trainee, hire, open_as, axe):
    CertificationFactory(courses=[course], title="售后处理认证")
    QuestionFactory(topic=course.topic, code="pr-1", stem="签收第 6 天申请退货,怎么办?")
    enrolment = EnrolmentFactory(person=trainee, course=course)
    Course.objects.filter(pk=course.pk).update(status="draft")
    page = open_as(hire(Role.HR), f"/units/{unit.pk}/quiz/")
    page.get_by_role("button", name="将 pr-1 加入测验").click()
    expect(page.get_by_role("button", name="将 pr-1 移出测验")).to_be_visible()
    page.get_by_role("link", name="新建题目").click()
    page.locator(".a-kind[href*='kind=single']").click()
    page.get_by_label("题干").fill("运费险由谁承担?")
    page.get_by_role("textbox", name="选项 1").fill("商家")
    page.get_by_role("textbox", name="选项 2").fill("看购买约定")
    page.get_by_role("textbox", name="选项 3").fill("平台")
    page.get_by_role("radio", name="正确 2").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".a-item")).to_have_count(2)
    page.locator("[name=down]:enabled").first.press("Enter")
    expect(page.locator(".a-item").first).to_contain_text("运费险")
    assert axe(page) == []
    Course.objects.filter(pk=course.pk).update(status="published")
    phone = open_as(trainee, f"/learn/{enrolment.pk}/quiz/{unit.pk}/", phone=True)
    phone.get_by_role("button", name="开始测验").click()
    questions = phone.locator(".a-question")
    expect(questions).to_have_count(2)
    for number in range(2):
        phone.evaluate(f"document.querySelector('[data-goto=\"{number + 1}\"]').click()")
        shown = questions.nth(number)
        shown.get_by_text("看购买约定" if "运费险" in shown.inner_text() else "同意", exact=True).click()
    expect(phone.locator("[data-state]")).to_contain_text("已保存")
    phone.locator("[data-at-end]").click()
    phone.get_by_role("dialog").get_by_role("button", name="交卷").click()
    expect(phone.get_by_role("heading", name="已通过")).to_be_visible()
    phone.goto("/certificates/")
    expect(phone.get_by_role("heading", name="售后处理认证")).to_be_visible()
    pdf = phone.request.get(phone.get_by_role("link", name="打开 PDF").get_attribute("href"))
    certificate = Certificate.objects.get()
    assert f"/verify/{certificate.code}/".encode() in pdf.body()
    passer_by = open_as(None, f"/verify/{certificate.code}/", phone=True)
    expect(passer_by.get_by_role("heading", name="证书真实有效")).to_be_visible()
    assert axe(passer_by) == []


def test_hr_revokes_and_the_passer_by_hears_of_it(course, trainee, hire, open_as, axe):
    certificate = CertificateFactory(certification=CertificationFactory(courses=[course]), person=trainee)
    page = open_as(hire(Role.HR), f"/certifications/{certificate.certification_id}/")
    page.get_by_role("button", name="撤销李静的证书").click()
    page.get_by_label("原因").fill("代考")
    assert axe(page) == []
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("李静的证书已撤销")).to_be_visible()
    expect(open_as(None, f"/verify/{certificate.code}/").get_by_role("heading", name="证书已被撤销")).to_be_visible()
