"""Error pages say what happened, what to do and an id to quote, in the person's language."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as product
from django.test import Client
from django.urls import clear_url_caches

pytestmark = [pytest.mark.urls("tests.trainingsite.core.kit.urls"), pytest.mark.django_db]

PAGES = [
    ("/suspicious/", 400, "无法识别该请求"),
    ("/forbidden/", 403, "您无权查看此页面"),
    ("/nowhere/", 404, "页面不存在"),
    ("/broken/", 500, "系统出错了"),
]


@pytest.fixture
def visitor() -> Client:
    clear_url_caches()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("path", "status", "title"), PAGES)
def test_page_says_what_happened_and_where_to_go(visitor: Client, path: str, status: int, title: str) -> None:
    response = visitor.get(path)
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in text
    assert 'href="/"' in text
    assert "<code>" in text  # the id


def test_language_of_the_cookie_holds(visitor: Client) -> None:
    visitor.cookies[product.LANGUAGE_COOKIE_NAME] = "en"
    text = visitor.get("/broken/").content.decode()
    assert '<html lang="en">' in text
    assert "Something went wrong on our side" in text


def test_id_is_the_one_of_the_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    text = visitor.get("/nowhere/").content.decode()
    quoted = text.partition("<code>")[2].partition("</code>")[0]
    assert f'"request_id": "{quoted}"' in caplog.text


def test_style_guide_is_not_served_in_production(client: Client) -> None:
    from trainingsite.core import urls  # the product's own, not this test's

    assert [str(pattern.pattern) for pattern in urls.urlpatterns] == ["health/", "jobs/"]


def test_login_that_failed_too_often_says_what_to_do(visitor: Client, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    attempt = {"username": uuid4().hex, "password": "guess"}
    answers = [visitor.post("/login/", attempt) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 429, 429]
    assert "<h1>登录尝试次数过多</h1>" in answers[-1].content.decode()
