"""`make screenshots`: the pictures of docs/screenshots, taken of the demo company in a real Chromium.

With names behind it, `python -m tests.screenshots board course` takes these alone.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "screenshots"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
PASSWORD = os.environ.get("DEMO_PASSWORD", "kefu-demo-2026")


def quiz(page: Page) -> None:
    """Open the first course that is due, and the first question of its quiz."""
    page.goto("/learn/")
    enrolment = next(link for link in links(page) if re.fullmatch(r"/learn/\d+/(on/)?", link)).removesuffix("on/")
    page.goto(enrolment)
    page.goto(next(link for link in links(page) if "/quiz/" in link))
    page.locator("main form button.a-go, main a.a-go").first.click()
    page.wait_for_url("**/attempts/**")
    page.locator(".a-question:visible label").nth(1).click()


def links(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return found


def pairing(page: Page) -> None:
    page.goto("/mentoring/newcomers/")
    page.locator("main a[href$='/mentor/']").first.click()
    page.wait_for_url("**/mentor/")


def course(page: Page) -> None:
    page.goto("/courses/?search=七天")
    page.locator("main table a").first.click()


def board(page: Page) -> None:
    """The last quarter of this year: Double 11 and Double 12."""
    page.goto(f"/board/?quarter={time.localtime().tm_year}-4")
    page.locator("[data-board]").wait_for()


def stages(page: Page) -> None:
    """The template for newcomers, laid out as a draft."""
    page.goto("/programmes/new/")
    page.check("[name=template][value=onboarding]")
    page.fill("[name=title]", "春季新人培养")
    page.keyboard.press("Enter")
    page.locator(".p-stage").first.wait_for()


def audience(page: Page) -> None:
    page.goto("/audiences/")
    page.get_by_role("link", name="夜班和直播间").first.click()
    page.goto(f"{page.url}edit/")
    page.locator(".k-reach-people, .k-difference").first.wait_for()


def review(page: Page) -> None:
    """What waits for HR on the first page: a new version of a course, with what it changes and for whom."""
    page.locator("main a[href$='?view=draft']").first.click()
    page.locator("main a[href$='/publish/']").click()
    page.wait_for_url("**/publish/")


def lesson(page: Page) -> None:
    """The lesson one stands in, and a note on it."""
    page.locator("main a[href$='/on/']").first.click()
    page.locator("[data-note-form] textarea").fill("先道歉，再核实，最后给方案；转接前先告诉客户。")
    page.locator("[data-note-form] button").first.click()
    page.locator("[data-note]").first.wait_for()
    page.locator("[data-note-form]").evaluate("form => scrollTo(0, form.getBoundingClientRect().top + scrollY - 420)")


def at(path: str) -> Callable[[Page], None]:
    return lambda page: page.goto(path) and None


# Name of the picture, login, and how to get there.
PICTURES: list[tuple[str, str, dict[str, int], Callable[[Page], None]]] = [
    ("supervisor-dashboard", "supervisor", DESK, at("/dashboard/")),
    ("hr-home", "hr", DESK, at("/")),
    ("trainee-home", "trainee", DESK, at("/")),
    ("quiz-phone", "trainee", PHONE, quiz),
    ("pairing", "hr", DESK, pairing),
    ("course", "hr", DESK, course),
    ("board", "hr", DESK, board),
    ("programme-stages", "hr", DESK, stages),
    ("audience", "hr", DESK, audience),
    ("version-review", "hr", DESK, review),
    ("competencies", "hr", DESK, at("/competencies/")),
    ("lesson-phone", "trainee", PHONE, lesson),
]


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, login, size, walk in (each for each in PICTURES if each[0] in sys.argv[1:] or not sys.argv[1:]):
            take(browser, address, name, login, size, walk)
            print(f"docs/screenshots/{name}.png")
        browser.close()
    return 0


def take(
    browser: Browser, address: str, name: str, login: str, size: dict[str, int], walk: Callable[[Page], None]
) -> None:
    context = browser.new_context(base_url=address, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    walk(page)
    page.wait_for_timeout(1200)  # charts draw themselves
    page.screenshot(path=TARGET / f"{name}.png")
    context.close()


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo: the one of DEMO_ADDRESS, or one that is started on data of its own."""
    if address := os.environ.get("DEMO_ADDRESS"):
        yield address
        return
    port = free_port()
    environ = {**os.environ, "VAR_DIR": str(ROOT / "var" / "screenshots"), "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "trainingsite.embedded", "demo"], env=environ, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        while "runs at" not in process.stdout.readline():
            if process.poll() is not None:
                raise SystemExit("The demo did not start; see var/screenshots/log.")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
