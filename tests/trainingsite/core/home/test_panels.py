from datetime import date

import pytest

from trainingsite.core import navigation
from trainingsite.core.home import panels
from trainingsite.core.home.panels import Panel, panels_for
from trainingsite.people.access.roles import Role


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    made = {
        "late": Panel("everybody", "late.html", lambda _user, _day: {"n": 1}, order=20, wide=True),
        "early": Panel("everybody", "early.html", lambda _user, day: {"day": day}, order=10),
        "empty": Panel("everybody", "empty.html", lambda _user, _day: {}),
        "foreign": Panel("access.manage", "foreign.html", lambda _user, _day: {"n": 1}),
    }
    monkeypatch.setattr(panels.PANELS, "_things", made)


def test_panels_with_something_to_say_come_in_order(hire):
    day = date(2026, 3, 2)

    assert [(p.template, p.wide, p.data) for p in panels_for(hire(), day)] == [
        ("early.html", False, {"day": day}),
        ("late.html", True, {"n": 1}),
    ]


def test_panel_is_for_those_who_may(hire):
    assert "foreign.html" in [panel.template for panel in panels_for(hire(Role.ADMIN), date(2026, 3, 2))]


def test_page_without_panels_and_places_says_what_will_be_here(as_, hire, monkeypatch):
    monkeypatch.setattr(panels.PANELS, "_things", {})
    monkeypatch.setattr(navigation, "_places", [])
    page = as_(hire(name="李娜")).get("/").content.decode()

    assert ("李娜" in page, "k-empty" in page) == (True, True)


def test_page_without_panels_leads_to_the_own_places(as_, hire, monkeypatch):
    monkeypatch.setattr(panels.PANELS, "_things", {})
    answer = as_(hire(Role.INSTRUCTOR)).get("/")
    links = [step.url for step in answer.context["steps"]]

    assert ("/questions/" in links, "/" in links, "/access/" in links) == (True, False, False)
    assert "从这里开始" in answer.content.decode()
