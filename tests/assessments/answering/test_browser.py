"""A file, a typing test and a screenshot in the exam page."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.answering import TEXT, hotspot_question
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser
PASTED = "field => field.dispatchEvent(new Event('paste', {cancelable: true, bubbles: true}))"
INSERTED = """field => field.dispatchEvent(
    new InputEvent('beforeinput', {inputType: 'insertFromPaste', cancelable: true})
)"""


@pytest.fixture
def page(attempt, trainee, open_as):
    return open_as(trainee, f"/attempts/{attempt.pk}/")


def question(page, position):
    page.locator(f'[data-goto="{position}"]').click()
    return page.locator(f'[data-position="{position}"]')


def saved(page):
    expect(page.locator("[data-state]")).to_contain_text("已保存")


def kept(page, attempt, position, wanted):
    """Each key is saved by itself, and the page may say so of an earlier one: the last is waited for."""
    for _try in range(50):
        if answer_of(attempt, position) == wanted:
            break
        page.wait_for_timeout(100)
    assert answer_of(attempt, position) == wanted


def answer_of(attempt, position):
    return attempt.responses.get(position=position).answer


def test_a_file_is_handed_in_with_the_answer_and_can_be_taken_away(page, attempt, axe):
    box = question(page, 1)
    box.locator("input[type=file]").set_input_files({"name": "登记表.csv", "mimeType": "text/csv", "buffer": b"1,2"})
    expect(box.get_by_role("link", name="登记表.csv")).to_be_visible()
    saved(page)
    assert answer_of(attempt, 1)["name"] == "登记表.csv"
    page.reload()
    box = question(page, 1)
    expect(box.get_by_role("link", name="登记表.csv")).to_be_visible()
    assert axe(page) == []
    box.get_by_role("button", name="移除此文件").click()
    saved(page)
    assert answer_of(attempt, 1) is None


def test_a_wrong_file_is_refused_in_words_and_the_answer_stays(page, attempt):
    box = question(page, 1)
    box.locator("input[type=file]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"MZ"})
    expect(box.get_by_role("status")).to_contain_text("PDF")
    assert answer_of(attempt, 1) is None


def test_what_is_typed_is_measured_and_pasting_is_off(page, attempt, axe):
    box = question(page, 2)
    field = box.get_by_label("在此输入")
    expect(field).to_be_disabled()
    box.get_by_role("button", name="开始").click()
    expect(field).to_be_focused()
    field.evaluate(PASTED)
    expect(box.get_by_role("status")).to_contain_text("粘贴")
    assert field.evaluate(INSERTED) is False
    expect(field).to_have_value("")
    assert axe(page) == []
    page.keyboard.type(TEXT, delay=60)
    expect(box.get_by_role("status")).to_contain_text("已结束")
    expect(field).to_be_disabled()
    expect(box.locator("[data-accuracy]")).to_have_text("100")
    expect(box.locator("[data-speed]")).to_have_text(re.compile(r"^\d+$"))
    saved(page)
    kept = answer_of(attempt, 2)
    assert kept["typed"] == TEXT
    assert 500 < kept["ms"] < 30_000


def test_what_an_input_method_is_still_composing_does_not_count(page, attempt):
    box = question(page, 2)
    box.get_by_role("button", name="开始").click()
    field = box.get_by_label("在此输入")
    expect(field).to_be_focused()
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "qin", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(500)
    expect(box.locator("[data-accuracy]")).to_have_text("–")
    client.send("Input.insertText", {"text": TEXT[0]})
    expect(box.locator("[data-accuracy]")).to_have_text("100")
    box.get_by_role("button", name="我打完了").click()
    saved(page)
    assert answer_of(attempt, 2)["typed"] == TEXT[0]


def test_a_place_is_chosen_by_arrow_keys_and_by_a_click(page, attempt, axe):
    box = question(page, 3)
    frame = box.locator("[data-hot-frame]")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(box.get_by_role("status")).to_contain_text("距左 310")
    kept(page, attempt, 3, [310, 201])
    assert axe(page) == []
    page.reload()
    box = question(page, 3)
    expect(box.locator("[data-cross]")).to_have_attribute("transform", "translate(310 201)")
    box.locator("img").click(position={"x": 30, "y": 40})
    expect(box.get_by_role("status")).to_contain_text("已选位置")
    saved(page)
    left, top = answer_of(attempt, 3)
    assert abs(left - 30) <= 2
    assert abs(top - 40) <= 2
    box.locator("[data-hot-frame]").focus()
    page.keyboard.press("Delete")
    kept(page, attempt, 3, None)


def test_on_a_phone_the_picture_fits_and_the_point_is_in_its_pixels(attempt, trainee, open_as, axe):
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    page.get_by_role("button", name="1 / 3").click()
    box = question(page, 3)
    seen = box.locator("img").bounding_box()
    assert seen["width"] < 360
    box.locator("img").tap(position={"x": seen["width"] * 0.75, "y": seen["height"] / 2})
    expect(box.get_by_role("status")).to_contain_text("已选位置")
    saved(page)
    assert answer_of(attempt, 3) == [pytest.approx(450, abs=4), pytest.approx(200, abs=4)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []


def test_an_author_draws_areas_on_the_screenshot(course, hire, open_as, axe):
    asked = hotspot_question(course.topic)
    page = open_as(hire(Role.HR), f"/questions/{asked.pk}/edit/")
    picture = page.locator("[data-draw-picture]")
    picture.scroll_into_view_if_needed()
    drag(page, picture, (50, 50), (150, 120))
    page.locator("[data-draw-shape=poly]").click()
    picture.scroll_into_view_if_needed()
    for corner in ((60, 150), (160, 150), (110, 200), (60, 151)):
        picture.click(position={"x": corner[0], "y": corner[1]})
    expect(page.locator("input[name='areas-2-coords']")).to_have_value(re.compile(r"^\d+(, \d+){5}$"))
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/questions/*/")
    asked.refresh_from_db()
    assert [row["shape"] for row in asked.current.content["areas"]] == ["rect", "rect", "poly"]


def drag(page, place, start, end):
    seen = place.bounding_box()
    page.mouse.move(seen["x"] + start[0], seen["y"] + start[1])
    page.mouse.down()
    page.mouse.move(seen["x"] + end[0], seen["y"] + end[1], steps=4)
    page.mouse.up()
