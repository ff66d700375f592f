from datetime import timedelta

import pytest

from courses.models import SessionToDo
from tests.factories.planning import HOUR, SessionFactory
from trainingsite.core import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def session(transactional_db, teacher, give):
    """A review meeting that ended an hour ago."""
    begin = clock.now() - 2 * HOUR
    found = SessionFactory(title="服务复盘会", room=None, starts_at=begin, ends_at=begin + HOUR, kind="review")
    give(found, teacher)
    return found


def test_instructor_writes_minutes_and_who_was_there_reads_and_ticks_off(open_as, teacher, session, seat, axe):
    person = seat(name="王小明", attended_at=session.starts_at, noted_by="code").person
    phone = open_as(teacher, f"/sessions/{session.pk}/materials/", phone=True)
    phone.get_by_label("或填写链接").fill("https://wiki.example.com/slides")
    phone.get_by_label("标题").fill("幻灯片")
    phone.get_by_role("button", name="添加", exact=True).click()
    phone.get_by_role("link", name="幻灯片").wait_for()
    assert axe(phone) == []

    phone.goto(f"/sessions/{session.pk}/minutes/")
    phone.get_by_label("会议纪要", exact=True).fill("# 复盘\n\n统一话术")
    phone.get_by_label("决议").fill("- 三天内回访")
    line = phone.get_by_role("group", name="第 1 行")
    line.get_by_label("待办").fill("整理话术")
    line.get_by_label("负责人").select_option(label="王小明")
    line.get_by_label("截止日期").fill((clock.today() + timedelta(days=7)).isoformat())
    assert axe(phone) == []
    phone.get_by_role("button", name="保存").click()
    phone.get_by_role("link", name="通知到场人员").click()
    phone.get_by_role("button", name="发送通知").click()
    phone.get_by_text("已通知 1 人").wait_for()
    assert axe(phone) == []

    page = open_as(person, f"/sessions/{session.pk}/", phone=True)
    assert page.get_by_role("link", name="幻灯片").is_visible()
    assert page.get_by_text("三天内回访").is_visible()
    page.get_by_role("button", name="标为完成: 整理话术").click()
    page.get_by_role("button", name="取消完成: 整理话术").wait_for()
    assert axe(page) == []
    assert SessionToDo.objects.get().done_at
