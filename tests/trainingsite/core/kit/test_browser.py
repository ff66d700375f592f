"""The kit in a real Chromium: accessible in both themes, whole on a phone, and its scripts at work."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.trainingsite.core.kit.urls"),
    pytest.mark.django_db(transaction=True),
]
GUIDE = "/styleguide/"


@pytest.fixture
def guide(open_as: Callable[..., Page], hire: Callable[..., Any]) -> Callable[..., Page]:
    """The style guide as a trainee sees it, charts drawn."""

    def show(path: str = GUIDE, **options: Any) -> Page:
        page = open_as(hire(), path, **options)
        expect(page.locator("[data-chart] svg").first).to_be_visible()
        return page

    return show


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_part_is_accessible(guide: Any, axe: Any, theme: str, phone: bool) -> None:
    page = guide(GUIDE + "?q=a&topic=rules&toast=1", theme=theme, phone=phone)
    assert axe(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/login/", "/nowhere/"])
def test_pages_without_login_are_accessible(open_as: Any, axe: Any, theme: str, path: str) -> None:
    assert axe(open_as(None, path, theme=theme)) == []


@pytest.mark.parametrize("path", [GUIDE, "/login/", "/nowhere/"])
def test_nothing_is_wider_than_a_phone(open_as: Any, hire: Any, path: str) -> None:
    page = open_as(None if path == "/login/" else hire(), path, phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_errors_of_a_form_are_accessible_and_take_the_focus(guide: Any, axe: Any) -> None:
    page = guide()
    page.click(".k-form-actions .btn-primary")
    expect(page.locator(".k-errors")).to_be_focused()
    page.click(".k-errors a >> nth=0")
    expect(page.locator("#id_title")).to_be_focused()
    assert axe(page) == []


def test_open_menu_dialog_and_table_are_accessible(guide: Any, axe: Any) -> None:
    page = guide()
    page.click("[data-chart-switch] >> nth=0")
    page.click(".k-user")
    expect(page.locator(".k-menu")).to_be_visible()
    # What the menu covers is smaller than a target while it is covered.
    assert [line for line in axe(page) if not line.startswith("target-size")] == []
    page.keyboard.press("Escape")
    page.click("[data-dialog-open]")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert axe(page) == []


def test_theme_is_kept_on_this_device_and_beats_the_system(guide: Any) -> None:
    page = guide(theme="light")
    page.click(".k-user")
    page.click("[data-theme-choose=dark]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.click(".k-user")
    expect(page.locator("[data-theme-choose=dark]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-theme-choose=auto]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_charts_follow_the_theme(guide: Any) -> None:
    page = guide(theme="light")
    first_line = page.locator("[data-chart] svg path[stroke='#0b7a6e']").first
    expect(first_line).to_be_attached()
    page.evaluate("kefuTheme.choose('dark')")
    expect(page.locator("[data-chart] svg path[stroke='#4fc4b8']").first).to_be_attached()
    expect(page.locator("[data-chart] svg path[stroke='#0b7a6e']")).to_have_count(0)


def test_chart_shows_its_table_and_comes_back(guide: Any) -> None:
    page = guide()
    switch, chart = page.locator("[data-chart-switch]").first, page.locator(".k-chart-canvas").first
    switch.click()
    expect(page.locator(".k-chart-table").first).to_be_visible()
    expect(chart).to_be_hidden()
    switch.click()
    expect(chart).to_be_visible()


def test_language_switch_keeps_the_page(guide: Any) -> None:
    page = guide(GUIDE + "?q=a")
    page.click(".k-user")
    page.click("[name=language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/styleguide/?q=a")


def test_what_was_typed_survives_a_reload_until_it_is_dropped(guide: Any) -> None:
    page = guide()
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#id_summary", "写了一半")
    page.reload()
    expect(page.locator("#id_summary")).to_have_value("写了一半")
    expect(page.locator("[data-draft-note]")).to_be_visible()
    page.click("[data-draft-drop]")
    expect(page.locator("#id_summary")).to_have_value("")
    expect(page.locator("[data-draft-note]")).to_be_hidden()


def test_who_logs_out_leaves_no_draft_behind(guide: Any) -> None:
    page = guide()
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#id_summary", "只写给自己")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:')).length") == 1
    page.locator("[data-logout]").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/login/**")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:')).length") == 0


def test_leaving_with_unsaved_changes_asks(guide: Any) -> None:
    page = guide()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_title").press_sequentially("x")
    page.click(".k-nav-link >> nth=0")
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]


def test_second_click_sends_nothing(guide: Any) -> None:
    page = guide()
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        "() => { const save = document.querySelector('.k-form-actions .btn-primary'); save.click(); save.click(); }"
    )
    expect(page.locator(".k-errors")).to_be_visible()
    assert len(posts) == 1


def test_toast_goes_by_itself_unless_it_is_an_error(guide: Any) -> None:
    page = guide(GUIDE + "?toast=1")
    expect(page.locator(".k-toast")).to_have_count(2)
    expect(page.locator(".k-toast")).to_have_count(1, timeout=9_000)
    expect(page.locator(".k-toast-error")).to_be_visible()
    page.click("[data-toast-close]")
    expect(page.locator(".k-toast")).to_have_count(0)


def test_act_is_done_only_after_the_dialog_said_yes(guide: Any) -> None:
    page = guide()
    page.evaluate("document.querySelector('.k-filter').dataset.confirm = 'Really?'")
    page.fill("[name=q]", "退货")
    page.click(".k-filter button")
    expect(page.locator("#confirm")).to_contain_text("Really?")
    page.click("#confirm [value=no]")
    assert page.url.endswith("/styleguide/")
    page.click(".k-filter button")
    page.click("#confirm [value=yes]")
    page.wait_for_url("**/?q=**")


def test_bottom_bar_is_for_the_phone_and_the_menu_opens_from_it(guide: Any) -> None:
    page = guide(phone=True)
    expect(page.locator(".k-sidebar")).to_be_hidden()
    page.click("[data-bs-toggle=offcanvas]")
    expect(page.locator(".k-sidebar")).to_have_class(re.compile(r" show$"))  # moved in; before, Escape is not heard
    page.keyboard.press("Escape")
    expect(page.locator(".k-sidebar")).to_be_hidden()


def test_skip_link_leads_to_the_content(guide: Any) -> None:
    page = guide()
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_fonts_are_shipped_only_where_chinese_ones_are_missing(guide: Any) -> None:
    page = guide()
    assert page.get_attribute("html", "data-fonts") is None
    page.add_init_script("CanvasRenderingContext2D.prototype.measureText = () => ({ width: 120 })")
    page.reload()
    page.wait_for_function("[...document.fonts].some((font) => font.status === 'loaded')")
    assert page.get_attribute("html", "data-fonts") == "ours"


def test_pages_break_no_rule_of_the_content_policy(open_as: Any, hire: Any) -> None:
    page = open_as(hire(), "/nowhere/")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(GUIDE)
    page.wait_for_timeout(500)
    assert refused == []
