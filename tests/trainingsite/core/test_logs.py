import logging

import pytest

from trainingsite.logs import WithoutSecrets

SECRET = "cJ0HL2BrG4_TLf8J-c2eBLTwbnmRI3Q0SZGIMo1lrus"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Not Found", f"/feeds/{SECRET}.ics"), "Not Found: /feeds/….ics"),
        (("Not Found", "/sessions/12/"), "Not Found: /sessions/12/"),
        ((404, "/courses/"), "404: /courses/"),
    ],
)
def test_secret_within_an_address_is_left_out(arguments, said):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", arguments, None)

    assert (WithoutSecrets().filter(record), record.getMessage()) == (True, said)


def test_record_without_arguments_stays():
    record = logging.LogRecord("x", logging.INFO, "", 0, "started", None, None)

    assert (WithoutSecrets().filter(record), record.getMessage()) == (True, "started")
