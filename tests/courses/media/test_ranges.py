import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from courses.media.ranges import OutOfReachError, answer, asked_range

CONTENT = bytes(range(100))


def ask(method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return answer(request, lambda: io.BytesIO(CONTENT), size=100, mime="video/webm", etag='"x"')


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=50-5000", (50, 99)),
        ("Bytes=0-0", (0, 0)),
        ("bytes=9-5", None),
        ("bytes=0-9,20-29", None),
        ("lines=0-9", None),
        ("bytes=-", None),
        ("", None),
    ],
)
def test_range_is_read_as_the_standard_says(header, expected):
    assert asked_range(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_range_beyond_the_end_is_out_of_reach(header):
    with pytest.raises(OutOfReachError):
        asked_range(header, 100)


def test_without_a_range_the_whole_file_comes():
    response = ask()

    assert (response.status_code, response["Content-Length"], response["Accept-Ranges"]) == (200, "100", "bytes")
    assert body(response) == CONTENT


@given(first=st.integers(0, 99), length=st.integers(1, 100))
def test_any_piece_is_the_files_own(first, length):
    last = min(first + length - 1, 99)

    response = ask(Range=f"bytes={first}-{last}")

    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {first}-{last}/100")
    assert body(response) == CONTENT[first : last + 1]


def test_piece_beyond_the_end_is_416():
    response = ask(Range="bytes=100-")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_known_file_is_not_sent_again():
    assert ask(**{"If-None-Match": '"x"'}).status_code == 304


def test_piece_of_another_file_is_answered_with_the_whole_one():
    response = ask(Range="bytes=0-9", **{"If-Range": '"old"'})

    assert (response.status_code, body(response)) == (200, CONTENT)


def test_head_tells_the_size_and_sends_nothing():
    response = ask("head", Range="bytes=0-9")

    assert (response.status_code, response["Content-Length"], body(response)) == (206, "10", b"")
