from datetime import UTC, datetime, timedelta

import pytest

from courses.attendance.codes import STEP, Verdict, code_at, code_of, seconds_left, verdict

RFC_6238 = b"12345678901234567890".hex()  # the secret of its appendix B, whose codes have eight digits
NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
SECRET = "ab" * 20


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, eight_digits):
    assert code_of(RFC_6238, seconds // STEP) == eight_digits[-6:]


def test_present_code_and_the_one_before_are_good_and_earlier_ones_old():
    code = code_at(SECRET, NOON)

    found = [verdict(SECRET, code, NOON + timedelta(seconds=after)) for after in (0, 29, 30, 59, 60, 600, 3600)]

    assert found == [Verdict.GOOD] * 4 + [Verdict.OLD] * 2 + [Verdict.WRONG]


def test_code_of_the_future_and_of_another_secret_is_wrong():
    assert verdict(SECRET, code_at(SECRET, NOON + timedelta(seconds=30)), NOON) == Verdict.WRONG
    assert verdict(SECRET, code_at("cd" * 20, NOON), NOON) == Verdict.WRONG


def test_countdown_ends_with_the_step():
    assert [seconds_left(NOON + timedelta(seconds=n)) for n in (0, 1, 29, 30)] == [30, 29, 1, 30]
