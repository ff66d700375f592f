import pytest
from django.test import Client

from trainingsite.people.models import User


def test_token_by_client_credentials_opens_the_api(rest):
    assert rest("get", "/api/v1/people/").json()["results"] == []


def test_wrong_secret_gets_no_token(ask_token):
    answer = ask_token(secret="guessed")

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_token_to_read_does_not_write(ask_token):
    token = ask_token(scope="read").json()["access_token"]
    client = Client(headers={"Authorization": f"Bearer {token}"})

    reads = client.get("/api/v1/people/")
    writes = client.post("/api/v1/positions/bulk/", [], content_type="application/json")
    assert (reads.status_code, writes.status_code) == (200, 403)


@pytest.mark.parametrize("header", ["Bearer made-up", "Bearer", "Basic aHI6c3luYw=="])
def test_other_tokens_are_refused_with_a_challenge(client, db, header):
    answer = client.get("/api/v1/people/", headers={"Authorization": header})

    assert (answer.status_code, answer.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")


def test_closed_service_account_is_locked_out_at_once(rest, service):
    User.objects.filter(pk=service.user_id).update(is_active=False)

    assert rest("get", "/api/v1/people/").status_code == 401


def test_docs_page_loads_its_script_under_the_policy(client, db):
    answer = client.get("/api/docs/")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))

    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self' 'unsafe-inline'")
    assert "<script>" not in answer.content.decode()


def test_other_pages_keep_the_strict_policy(client, db):
    assert "style-src 'self';" in client.get("/login/").headers["Content-Security-Policy"] + ";"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("fr, en-GB;q=0.8", "en"),
        ("zh-TW", "zh-hant"),
        ("zh-CN,en;q=0.5", "zh-hans"),
        ("tlh, *;q=0.1", "zh-hans"),
        (";;q=x", "zh-hans"),
    ],
)
def test_api_answers_in_the_language_the_request_accepts(client, db, accepted, language):
    answer = client.get("/api/v1/people/", headers={"Accept-Language": accepted})

    assert (answer.headers["Content-Language"], "Accept-Language" in answer.headers["Vary"]) == (language, True)


def test_pages_keep_to_the_chosen_language_whatever_the_browser_accepts(client, db):
    answer = client.get("/login/", headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "zh-hans"
