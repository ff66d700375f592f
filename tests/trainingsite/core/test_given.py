import pytest

from trainingsite.core.given import from_json, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("32000", 32_000),
        ("32001", None),
        ("1000000000" + "0" * 5_000, None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        ("²", None),
        (" 1", None),
        ("", None),
        ("七", None),
    ],
)
def test_a_whole_number_is_read_or_refused(text, number):
    assert whole(text, 32_000) == number


def test_the_least_is_kept():
    assert (whole("0", 9, least=1), whole("1", 9, least=1)) == (None, 1)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000])
def test_json_that_cannot_be_read_is_a_value_error(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        from_json(text)


def test_json_says_what_it_says():
    assert from_json('{"p1": ["a"]}') == {"p1": ["a"]}
