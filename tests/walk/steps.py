"""How one gets about: the menu, wherever it is, and forms that are filled field by field."""

import re

from playwright.sync_api import Locator, Page, expect

from trainingsite.core.jobs import actions as jobs


def go(page: Page, place: str) -> None:
    """Choose the place in the menu, which a phone has to open first; no page is wider than its window."""
    if (burger := page.locator("[data-bs-toggle=offcanvas]")).is_visible():
        burger.click()
        expect(page.locator("#sidebar")).to_have_class(re.compile(r" show$"))
    page.locator("#sidebar").get_by_role("link", name=place, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page | Locator, **fields: str) -> None:
    """Type into the form's fields by their labels."""
    for label, text in fields.items():
        page.get_by_label(re.compile(rf"^{label}\*?$")).fill(text)


def job_done(page: Page) -> None:
    """Do what the worker would, and go on from the page that waits for it."""
    page.wait_for_url("**/jobs/*/")
    jobs.run(int(page.url.rstrip("/").rsplit("/", 1)[1]))
    page.get_by_role("link", name="继续").click()
