"""A trainee on the phone: makes the own address and takes it back."""

import re

import pytest
import vobject
from django.test import Client
from playwright.sync_api import expect

from tests.factories.planning import SessionFactory, SessionPlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fetched(address):
    return Client().get("/" + address.split("/", 3)[3])


@pytest.mark.parametrize("phone", [True, False])
def test_trainee_makes_an_address_and_takes_it_back(open_as, axe, agent, phone):
    SessionPlaceFactory(session=SessionFactory(title="投诉处理工作坊"), person=agent)
    page = open_as(agent, "/sessions/mine/", phone=phone)
    page.get_by_role("link", name="订阅到我的日历").click()
    expect(page.get_by_text("还没有订阅地址")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("button", name="生成订阅地址").click()
    address = page.get_by_label("你的日历订阅地址").input_value()
    assert re.fullmatch(r"http://[\w.:]+/feeds/[\w-]{43}\.ics", address)
    assert page.get_by_role("link", name="用本机日历打开").get_attribute("href").startswith("webcal://")
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_text("已复制。")).to_be_visible()
    assert axe(page) == []
    assert vobject.readOne(fetched(address).content.decode()).vevent.summary.value == "投诉处理工作坊"

    page.goto("/profile/calendar/")
    expect(page.get_by_text("1 次")).to_be_visible()
    expect(page.get_by_label("你的日历订阅地址")).to_have_count(0)
    page.get_by_role("button", name="停用地址").click()
    page.get_by_role("dialog").get_by_role("button", name="停用地址").click()
    expect(page.get_by_text("订阅地址已失效。")).to_be_visible()
    assert fetched(address).status_code == 404
