"""HR makes and sends a survey at the desk; a trainee answers on a phone; only the others are reminded."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from assessments.models import Reply, Survey
from assessments.surveys.actions import remind, send
from tests.factories.surveys import SurveyFactory
from trainingsite.core import clock
from trainingsite.core.jobs.actions import run
from trainingsite.core.jobs.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def hr(transactional_db, hire):
    return hire(Role.HR, name="陈人力", department="centre")


def test_hr_makes_and_sends_a_survey_and_it_reaches_the_audience(open_as, axe, hr, hire):
    hire(name="王小明", department="disputes")
    page = open_as(hr, "/surveys/")
    assert axe(page) == []
    page.get_by_role("link", name="新建问卷").first.click()
    page.get_by_label("标题").fill("投诉处理培训反馈")
    page.get_by_label("问题", exact=True).fill("案例贴近实际工作吗")
    page.get_by_role("button", name="添加问题").click()
    second = page.get_by_role("group", name="第 2 题")
    second.get_by_label("问题", exact=True).fill("课程节奏如何")
    second.get_by_label("题型").select_option(label="单选")
    page.get_by_label("我已确认").check()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("alert")).to_be_visible()
    second.get_by_label("选项（每行一个）").fill("偏快\n合适\n偏慢")
    page.get_by_role("button", name="上移第 2 题").click()
    expect(page.get_by_role("group", name="第 1 题").get_by_label("问题", exact=True)).to_have_value("课程节奏如何")
    assert axe(page) == []
    page.get_by_role("button", name="保存草稿").click()

    expect(page.get_by_text("将发送给 2 人")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="发送问卷").click()
    page.wait_for_url("**/jobs/*/")
    run(Job.objects.get().pk)
    page.get_by_role("link", name="继续").click()

    expect(page.get_by_text("0/2 人")).to_be_visible()
    survey = Survey.objects.get()
    assert list(survey.questions.values_list("kind", "text", "options")) == [
        ("choice", "课程节奏如何", ["偏快", "合适", "偏慢"]),
        ("scale", "案例贴近实际工作吗", []),
    ]
    assert axe(page) == []


def test_trainee_answers_on_a_phone_and_only_the_other_is_reminded(open_as, axe, hire, transactional_db):
    trainee, other = hire(name="王小明"), hire(name="林小雨")
    today = clock.today()
    survey = SurveyFactory(is_anonymous=True, opens_on=today, closes_on=today + timedelta(days=4))
    send(survey, at=clock.now(), tell_people=False)
    page = open_as(trainee, "/", phone=True)
    page.get_by_role("link", name="去填写 新人培训反馈").click()
    expect(page.get_by_text("匿名问卷")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("请回答这道题")
    assert axe(page) == []
    page.get_by_role("group", name="讲得清楚吗").get_by_text("4", exact=True).click()
    page.get_by_text("快", exact=True).click()
    page.get_by_label("建议").fill("多一些情景演练")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_text("每人只需填写一次。")).to_be_visible()
    assert axe(page) == []
    scale, choice, text = survey.questions.all()
    reply = Reply.objects.get()
    assert (reply.person, reply.answers) == (
        None,
        {str(scale.pk): 4, str(choice.pk): "快", str(text.pk): "多一些情景演练"},
    )
    assert (remind(on=today + timedelta(days=1)), remind(on=today + timedelta(days=1))) == (1, 0)
    assert list(Notice.objects.values_list("person", flat=True)) == [other.pk]
