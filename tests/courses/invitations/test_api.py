"""The door of the mail gateway."""

from base64 import b64encode

import pytest
from django.test import Client

from courses.models import SessionPlace
from courses.sessions.actions import cancel
from tests.courses.invitations.reading import reply

URL = "/api/v1/calendar-replies/"
pytestmark = pytest.mark.usefixtures("seat")


@pytest.fixture
def gateway(ask_token):
    """`gateway(body)`: the answer to the company's mail gateway."""
    token = ask_token().json()["access_token"]

    def post(body, content_type="text/calendar; charset=utf-8; method=REPLY"):
        client = Client(headers={"Authorization": f"Bearer {token}"})
        return client.post(URL, body, content_type=content_type)

    return post


def test_reply_is_taken_in_and_its_repeat_too(gateway, session):
    answers = [gateway(reply(session, stamp="20261120T010000Z")) for _time in range(2)]

    expected = {"session": session.pk, "name": "李娜", "answer": "accepted"}
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, expected)] * 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw[:-30], "unreadable"),
        (lambda raw: raw.replace(b"METHOD:REPLY", b"METHOD:REQUEST"), "not_a_reply"),
        (lambda raw: raw.replace(b"lina@", b"nobody@"), "attendee_unknown"),
        (lambda raw: raw.replace(b"END:VEVENT", b"DESCRIPTION:" + b"x" * 100_000 + b"\r\nEND:VEVENT"), "too_large"),
        (lambda _raw: b"", "parse_error"),
        (b64encode, "unreadable"),
    ],
)
def test_what_is_no_reply_is_refused_with_nothing_changed(gateway, session, change, code):
    answer = gateway(change(reply(session)))

    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (400, code)
    assert SessionPlace.objects.get().answer == ""


def test_reply_to_a_cancelled_session_is_refused_in_words(gateway, session, hr, now):
    raw = reply(session)
    cancel(session, reason="讲师出差", by=hr, at=now)

    answer = gateway(raw)

    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["detail"]) == (400, "session_cancelled", "本场培训已取消。")


@pytest.mark.parametrize(("content_type", "status"), [("application/json", 400), ("text/plain", 415)])
def test_other_types_of_body_are_not_taken(gateway, content_type, status):
    assert gateway("{}", content_type).status_code == status
