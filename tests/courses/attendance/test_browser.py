import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from courses.attendance.checking_in import check_in
from courses.attendance.codes import STEP, code_at
from courses.models import SessionPlace
from tests.factories.planning import HOUR, SessionFactory
from trainingsite.core import clock

pytestmark = pytest.mark.browser
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(transactional_db, teacher, give):
    """It began three minutes ago."""
    cache.clear()
    begin = clock.now() - 3 * MINUTE
    agenda = "倾听与复述\n方案与补偿\n结案回访"
    found = SessionFactory(title="投诉处理工作坊", room=None, starts_at=begin, ends_at=begin + HOUR, agenda=agenda)
    give(found, teacher)
    return found


def present_code(session):
    return code_at(session.secret, clock.now())


def wrong_code(session):
    """Six digits that are no code of this hour."""
    now = clock.now()
    known = {code_at(session.secret, now - timedelta(seconds=n * STEP)) for n in range(-5, 60)}
    return next(code for code in ("111111", "222222", "333333") if code not in known)


def test_screen_follows_who_checks_in_and_the_roster_is_kept_on_the_phone(open_as, teacher, session, seat, axe):
    first, second, third = seat(name="王小明"), seat(name="李雷"), seat(name="韩梅梅")
    screen = open_as(teacher, f"/sessions/{session.pk}/screen/")
    assert screen.locator("[data-code]").inner_text().replace(" ", "") == present_code(session)
    assert screen.locator("[data-count]").inner_text() == "0 / 3"
    assert axe(screen) == []

    check_in(first.person, present_code(session), at=clock.now())
    screen.get_by_text("王小明").wait_for(timeout=9_000)
    assert screen.locator("[data-count]").inner_text() == "1 / 3"

    phone = open_as(teacher, f"/sessions/{session.pk}/screen/", phone=True)
    phone.get_by_role("link", name="签到表").click()
    phone.get_by_role("button", name="到场: 李雷").click()
    phone.get_by_text("到场 2 / 3").wait_for()
    phone.get_by_role("button", name="请假: 韩梅梅").click()
    phone.get_by_text("已全部记录").wait_for()
    assert phone.get_by_role("button", name="到场: 李雷").get_attribute("aria-pressed") == "true"
    assert axe(phone) == []

    rows = {place.person.name: (bool(place.attended_at), place.noted_by) for place in session.places.all()}
    assert rows == {"王小明": (True, "code"), "李雷": (True, "roster"), "韩梅梅": (False, "roster")}
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.excused_reason, third.excused_reason) == ("", "请假")


def test_screen_on_a_phone_on_its_side_shows_picture_and_number_at_once(open_as, teacher, session, axe):
    phone = open_as(teacher, f"/sessions/{session.pk}/screen/", phone=True)
    phone.set_viewport_size({"width": 740, "height": 360})

    boxes = [phone.locator(css).bounding_box() for css in (".a-qr svg", ".a-code", ".a-screen-here")]

    assert all(box["y"] >= 0 and box["y"] + box["height"] <= 360 for box in boxes)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 740 for box in boxes)
    assert boxes[0]["width"] >= 240
    assert axe(phone) == []


def test_minutes_are_typed_and_what_the_code_noted_is_asked_about(open_as, teacher, session, seat):
    place = seat(name="王小明", attended_at=clock.now(), late_minutes=3, noted_by="code")
    phone = open_as(teacher, f"/sessions/{session.pk}/roster/", phone=True)

    phone.get_by_text("迟到 / 早退 / 请假原因").click()
    phone.get_by_label("迟到（分钟）").fill("40")
    phone.get_by_label("早退（分钟）").fill("30")
    phone.get_by_role("button", name="保存分钟数").click()
    phone.get_by_text("迟到与早退之和").wait_for()
    assert [phone.get_by_label(name).input_value() for name in ("迟到（分钟）", "早退（分钟）")] == ["40", "30"]
    phone.get_by_label("迟到（分钟）").fill("3")
    phone.get_by_label("早退（分钟）").fill("10")
    phone.get_by_role("button", name="保存分钟数").click()
    phone.get_by_text("早退 10 分钟").wait_for()
    place.refresh_from_db()
    assert (place.late_minutes, place.left_early_minutes) == (3, 10)

    SessionPlace.objects.filter(pk=place.pk).update(noted_by="code")
    phone.get_by_role("button", name="缺席: 王小明").click()
    phone.get_by_role("button", name="仍要更改").click()
    phone.get_by_text("到场 0 / 1").wait_for()
    place.refresh_from_db()
    assert (place.attended_at, place.noted_by) == (None, "roster")


def test_trainee_who_scans_logs_in_and_is_checked_in(open_as, session, seat, axe):
    place = seat(name="王小明")
    place.person.set_password("correct horse battery")
    place.person.save()
    phone = open_as(None, f"/sessions/{session.pk}/check-in/?code={present_code(session)}", phone=True)

    phone.locator("[name=username]").fill(place.person.username)
    phone.locator("[name=password]").fill("correct horse battery")
    phone.get_by_role("button", name="登录").click()

    phone.locator(".a-checked").wait_for()
    assert phone.url.endswith(f"/sessions/{session.pk}/check-in/")
    assert "迟到 3 分钟" in phone.locator(".a-checked").inner_text()
    assert axe(phone) == []
    place.refresh_from_db()
    assert (bool(place.attended_at), place.late_minutes, place.noted_by) == (True, 3, "code")


def test_wrong_codes_are_told_then_paused_and_the_right_one_checks_in_elsewhere(open_as, session, seat, axe):
    place, other = seat(name="王小明"), seat(name="李雷")
    phone = open_as(place.person, "/sessions/check-in/", phone=True)
    for _try in range(6):
        phone.get_by_label("投屏签到码").fill(wrong_code(session))
        phone.get_by_role("button", name="签到", exact=True).click()
        phone.get_by_text("签到码不正确").first.wait_for()
    assert axe(phone) == []
    phone.get_by_label("投屏签到码").fill(present_code(session))
    phone.get_by_role("button", name="签到", exact=True).click()
    phone.get_by_text("输错次数过多").first.wait_for()
    place.refresh_from_db()
    assert place.attended_at is None

    phone = open_as(other.person, "/sessions/check-in/", phone=True)
    phone.get_by_label("投屏签到码").fill(present_code(session))
    phone.get_by_role("button", name="签到", exact=True).click()
    phone.locator(".a-checked").wait_for()
    assert re.search(r"/sessions/\d+/check-in/$", phone.url)
