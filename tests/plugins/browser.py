"""A real Chromium against a live server: one browser a worker, for each page a context that remembers nobody."""

import os
import shutil
from collections.abc import Callable, Iterator
from threading import Condition
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from trainingsite.people.models import User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
Open = Callable[..., Page]
STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only the lines leave the browser: the whole report of a page takes longer to carry over than to reckon.
VIOLATIONS = """
    rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
        found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`)))
"""


class UnderWay:
    """The requests that are being answered in this process: what a page sends as it closes would run into the flush."""

    def __init__(self) -> None:
        self.number = 0
        self.changed = Condition()
        request_started.connect(lambda **_sent: self._count(1), weak=False)
        request_finished.connect(lambda **_sent: self._count(-1), weak=False)

    def _count(self, step: int) -> None:
        with self.changed:
            self.number = max(0, self.number + step)
            self.changed.notify_all()

    def settle(self) -> None:
        """Wait until all are answered, at most five seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.number == 0, timeout=5)


requests_under_way = UnderWay()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium: set CHROMIUM, or install it (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Contexts:
    """Contexts of the worker's browser that tests use in turn: what was downloaded stays, all that tells a person not.

    A fresh context loads and compiles the styles and scripts of a page anew, which takes longer than the page.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, str], list[BrowserContext]] = {}

    def take(self, url: str, *, phone: bool, theme: str) -> BrowserContext:
        waiting = self.free.setdefault((phone, theme), [])
        return waiting.pop() if waiting else self._new(url, phone, theme)

    def _new(self, url: str, phone: bool, theme: str) -> BrowserContext:
        context = self.browser.new_context(
            base_url=url,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            color_scheme=theme,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(10_000)
        return context

    def give_back(self, context: BrowserContext, url: str, *, phone: bool, theme: str) -> None:
        """Close the pages and forget what they stored; a tab's own storage goes with it."""
        client = context.new_cdp_session(context.pages[0] if context.pages else context.new_page())
        client.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": STORED})
        for page in context.pages:
            page.close()
        context.clear_cookies()
        self.free[phone, theme].append(context)


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    return Contexts(chromium)


@pytest.fixture
def open_as(contexts: Contexts, live_server: Any) -> Iterator[Open]:
    """`open_as(person, "/path/", phone=True, theme="dark")`: a page in a context of its own, logged in as the person.

    `alone` makes a context that no other test gets, for those who change its clock. The test fails when a page raised
    a script error, or the server answered 500.
    """
    taken: list[tuple[BrowserContext, bool, dict[str, Any]]] = []
    faults: list[str] = []

    def open_page(
        person: User | None, path: str = "/", *, phone: bool = False, theme: str = "light", alone: bool = False
    ) -> Page:
        kind = {"phone": phone, "theme": theme}
        context = contexts.take(live_server.url, **kind)
        taken.append((context, alone, kind))
        if person is not None:
            context.add_cookies([{"name": "sessionid", "value": _session(person), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
        page.goto(path)
        return page

    yield open_page
    for context, alone, kind in taken:
        if alone:
            context.close()
        else:
            contexts.give_back(context, live_server.url, **kind)
    requests_under_way.settle()
    assert faults == []


def _session(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "trainingsite.people.access.backend.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: the accessibility violations of the page, WCAG 2.2 AA, as "rule: target" lines."""
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script

    def check(page: Page) -> list[str]:
        page.evaluate(script)
        return list(page.evaluate(VIOLATIONS, AXE_RULES))

    return check
