from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from trainingsite.core import navigation
from trainingsite.core.navigation import Place


@pytest.fixture
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_places", [])
    for place in (
        Place("People", "users", "people", act="people.edit", section="manage", order=20),
        Place("Home", "home", "home", section="learn", phone=1),
        Place("Departments", "hierarchy", "departments", section="manage", order=10, phone=2),
    ):
        navigation.register(place)
        navigation.register(place)


def ask(path, *acts):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, may=lambda act: act in acts)
    return navigation.context(request)


def shown(context):
    return [
        (str(section.label), [(str(i.label), i.active) for i in section.items]) for section in context["navigation"]
    ]


def test_sections_hold_what_one_may_do_in_order(places):
    assert [items for _label, items in shown(ask("/people/7/", "people.edit"))] == [
        [("Home", False)],
        [("Departments", False), ("People", True)],
    ]


def test_what_one_may_not_do_is_not_there(places):
    assert [items for _label, items in shown(ask("/"))] == [[("Home", True)], [("Departments", False)]]


def test_phone_bar_has_the_ranked_places(places):
    assert [str(item.label) for item in ask("/")["bottom_bar"]] == ["Home", "Departments"]


def test_nobody_sees_nothing():
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=False)

    assert navigation.context(request) == {"navigation": [], "bottom_bar": []}
