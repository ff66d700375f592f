import re

import pytest
from playwright.sync_api import expect

from courses.enrolment.actions import enrol
from courses.lessons.models import Document, PageProgress, Recording, WatchProgress
from tests.courses.media import samples
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = 20_000


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE)


def lesson(unit, person):
    """The address at which the person learns the unit."""
    enrolment = enrol(person, unit.course, on=clock.today())
    place = "documents" if unit.kind == "document" else "recordings"
    return f"/learn/{enrolment.pk}/{place}/{unit.pk}/"


def play(page):
    page.locator("[data-player][data-ready]").wait_for()
    page.evaluate("document.querySelector('[data-player]').muted = true")
    page.evaluate("document.querySelector('[data-player]').play()")


def until(page, what):
    """Wait until the player says so; the page's policy lets no text be run as a script, which Playwright would do."""
    for _round in range(100):
        if page.locator("[data-player]").evaluate(f"player => {what}"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {what}")


def completed(person):
    return person.enrolments.get().completed_at is not None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_video_that_is_really_played_completes_the_course(open_as, axe, trainee, clip, theme):
    page = open_as(trainee, lesson(clip, trainee), phone=True, theme=theme)
    assert axe(page) == []

    play(page)

    expect(page.locator("[data-done-note]")).to_be_visible(timeout=LONG)
    expect(page.locator("[data-percent]")).to_have_text(re.compile("^(9[5-9]|100)$"))
    assert completed(trainee)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_audio_is_played_too(open_as, axe, trainee, tone):
    page = open_as(trainee, lesson(tone, trainee))
    assert axe(page) == []

    play(page)

    expect(page.locator("[data-done-note]")).to_be_visible(timeout=LONG)
    assert completed(trainee)


def test_skipping_to_the_end_does_not_complete(open_as, trainee, clip):
    page = open_as(trainee, lesson(clip, trainee))
    page.locator("[data-player][data-ready]").wait_for()
    page.evaluate("document.querySelector('[data-player]').currentTime = 3.4")

    play(page)
    until(page, "player.ended")
    page.wait_for_timeout(500)

    assert not completed(trainee)
    assert sum(end - begin for begin, end in WatchProgress.objects.get().watched) < 1000


def test_another_device_goes_on_where_the_first_one_stopped(open_as, trainee, clip):
    path = lesson(clip, trainee)
    first = open_as(trainee, path)
    play(first)
    until(first, "player.currentTime > 1.2")
    with first.expect_response(re.compile("/watched/$")):
        first.evaluate("document.querySelector('[data-player]').pause()")
    stopped = WatchProgress.objects.get().position_seconds

    second = open_as(trainee, path, phone=True)
    second.locator("[data-player][data-ready]").wait_for()

    assert second.evaluate("document.querySelector('[data-player]').currentTime") == pytest.approx(stopped, abs=0.1)
    assert stopped > 1


def test_what_is_played_without_a_connection_is_sent_later_and_counts_once(open_as, trainee, clip):
    page = open_as(trainee, lesson(clip, trainee))
    page.locator("[data-player][data-ready]").wait_for()
    page.evaluate("fetch(document.querySelector('[data-player]').src).then(r => r.blob())")
    page.route(re.compile("/watched/$"), lambda route: route.abort())
    play(page)
    until(page, "player.ended")
    expect(page.locator("[data-recording] [data-offline]")).to_be_visible()
    assert not completed(trainee)

    page.unroute(re.compile("/watched/$"))
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-done-note]")).to_be_visible()
    expect(page.locator("[data-recording] [data-offline]")).to_be_hidden()
    assert completed(trainee)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('watch:'))") == []


@pytest.mark.parametrize("phone", [True, False])
def test_pdf_is_done_when_all_pages_were_shown(open_as, axe, trainee, leaflet, phone):
    page = open_as(trainee, lesson(leaflet, trainee), phone=phone)
    expect(page.locator("[data-leaf='1'][data-ready]")).to_be_visible(timeout=LONG)
    expect(page.locator("[data-ready] .visually-hidden").first).to_have_text("Page 1")
    assert axe(page) == []

    for number in (1, 2, 3):
        page.locator(f"[data-leaf='{number}']").scroll_into_view_if_needed()
        page.locator(f"[data-leaf='{number}']").evaluate("leaf => leaf.scrollIntoView({block: 'center'})")
        expect(page.locator("[data-shown]")).to_have_text(str(number), timeout=LONG)

    expect(page.locator("[data-done-note]")).to_be_visible()
    assert completed(trainee)
    assert page.evaluate("document.documentElement.scrollWidth") == (360 if phone else 1280)


def test_pdf_opens_at_the_page_where_one_stopped(open_as, trainee, leaflet):
    path = lesson(leaflet, trainee)
    page = open_as(trainee, path)
    expect(page.locator("[data-leaf='1'][data-ready]")).to_be_visible(timeout=LONG)
    expect(page.locator("[data-shown]")).to_have_text("1", timeout=LONG)
    page.get_by_role("button", name="下一页").click()
    expect(page.locator("[data-shown]")).to_have_text("2", timeout=LONG)
    page.wait_for_timeout(300)
    assert PageProgress.objects.get().page == 2

    again = open_as(trainee, path, phone=True)

    expect(again.locator("[data-leaf='2'][data-ready]")).to_be_in_viewport(timeout=LONG)


def test_author_uploads_a_video_and_sees_its_length(open_as, hire, axe):
    hr = hire(Role.HR)
    course = CourseFactory(draft=True)
    page = open_as(hr, f"/courses/{course.pk}/units/new/video/")
    page.get_by_label("标题").fill("接起电话的前十秒")
    page.get_by_label("分钟").fill("3")
    page.get_by_role("button", name="继续").click()
    assert axe(page) == []

    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "接电话.webm", "mimeType": "video/webm", "buffer": samples.CLIP}
    )
    expect(page.get_by_text("已上传：接电话.webm · 0:04")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("“接起电话的前十秒”已保存。")).to_be_visible()
    recording = Recording.objects.get()
    assert (recording.unit.course, recording.media.name, recording.seconds) == (course, "接电话.webm", 3.785)


def test_author_sees_at_once_that_a_file_is_not_what_it_says(open_as, hire, axe):
    unit = UnitFactory(course=CourseFactory(draft=True), kind="document")
    page = open_as(hire(Role.HR), f"/units/{unit.pk}/lesson/", phone=True)

    page.get_by_label("PDF").set_input_files(
        {"name": "退款.pdf", "mimeType": "application/pdf", "buffer": b"just words"}
    )

    expect(page.locator(".m-upload-error")).to_contain_text("PNG", timeout=LONG)
    assert axe(page) == []
    assert not Document.objects.exists()


def test_author_pastes_a_picture_into_an_article(open_as, hire, axe):
    unit = UnitFactory(course=CourseFactory(draft=True), body="先看图：\n\n")
    page = open_as(hire(Role.HR), f"/units/{unit.pk}/edit/")
    page.locator("textarea[data-pictures]").evaluate(
        """(area, bytes) => {
            area.focus();
            area.setSelectionRange(area.value.length, area.value.length);
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "流程.png", { type: "image/png" }));
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        list(samples.png(40, 30)),
    )
    chosen = page.locator("[data-picture][aria-pressed=true]")
    expect(chosen).to_contain_text("流程.png", timeout=LONG)
    assert axe(page) == []
    page.get_by_role("button", name="插入", exact=True).click()
    expect(page.locator("[data-picture-error]")).not_to_be_empty()

    page.get_by_label("图片内容").fill("退货流程图")
    page.get_by_role("button", name="插入", exact=True).click()

    expect(page.locator("#preview img")).to_have_attribute("alt", "退货流程图", timeout=LONG)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    unit.refresh_from_db()
    assert re.search(r"!\[退货流程图\]\(media:[0-9a-f]{12}\)", unit.body)
