"""The typing test: its measures, its marks, and the server's clock."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.types import typing_test
from assessments.questions.types.base import type_of
from assessments.questions.types.speed import distances_to_beginnings, measured
from trainingsite.core.errors import Refused

TYPING = type_of("typing")
TEXT = "亲,您的订单20260103已发货,预计3天内送达。"
WORDS = st.text("abc天7", max_size=12)


def content(**more):
    return TYPING.check({"text": TEXT, "seconds": 60, "goal": 60, "accuracy": 90, **more})


def distance(one, other):
    """The textbook's table, to compare with."""
    row = list(range(len(other) + 1))
    for sign in one:
        above, row = row, [row[0] + 1]
        for place, each in enumerate(other):
            row.append(min(above[place + 1] + 1, row[place] + 1, above[place] + (sign != each)))
    return row[-1]


@given(WORDS, WORDS.filter(bool))
def test_the_distances_are_those_of_the_textbook(text, typed):
    wanted = [distance(text[:length], typed) for length in range(len(text) + 1)]
    assert distances_to_beginnings(text, typed) == wanted


@pytest.mark.parametrize(
    ("typed", "right", "errors"),
    [
        (TEXT, 26, 0),
        (TEXT[:10], 10, 0),
        ("亲,你的订单", 5, 1),
        ("亲,的订单", 5, 1),
        ("亲,,您的订单", 6, 1),
        ("亲，您的订单", 5, 1),
        ("xyz", 0, 3),
        ("", 0, 0),
        (f"  {TEXT}\n", 26, 0),
    ],
)
def test_right_characters_are_those_of_the_best_alignment(typed, right, errors):
    run = measured(TEXT, typed, 60_000, seconds=60)
    assert (run.right, run.errors) == (right, errors)


@given(WORDS.filter(lambda text: text.strip()), WORDS, st.integers(1, 100_000))
def test_the_measures_stay_within_their_bounds(text, typed, ms):
    run = measured(text, typed, ms, seconds=10)
    assert 0 <= run.accuracy <= 100
    assert 0 <= run.right <= max(len(text), len(typed))
    assert run.ms in {ms, 10_000}


def test_who_stops_early_is_measured_over_the_whole_time():
    burst = measured(TEXT, TEXT[:10], 2_000, seconds=60)
    done = measured(TEXT, TEXT, 30_000, seconds=60)
    assert (burst.speed, done.speed) == (10, 52)


@pytest.mark.parametrize(
    ("typed", "ms", "earned"),
    [
        (TEXT, 26_000, "1"),
        (TEXT, 10_000, "1"),
        (TEXT, 52_000, "0.5"),
        (TEXT[:13], 60_000, "0.2167"),
        (TEXT[:-3] + "xyz", 26_000, "0.8695"),
        ("x" * 26, 26_000, "0"),
    ],
)
def test_marks_follow_the_speed_and_fall_with_the_accuracy(typed, ms, earned):
    """The fifth: 23 right of 26 in 26 s is 53.08 a minute at 88.46 %, below 90 %."""
    assert TYPING.grade(content(), {"typed": typed, "ms": ms}) == Decimal(earned)


def test_nothing_typed_earns_nothing_and_all_typed_everything():
    assert (TYPING.grade(content(), None), TYPING.grade(content(), TYPING.right(content()))) == (0, 1)
    assert TYPING.grade(content(accuracy=0), {"typed": "x", "ms": 1}) == 0


@given(WORDS, st.integers(1, 10**6), st.integers(0, 100))
def test_a_grade_is_a_part_of_one(typed, ms, lowest):
    assert 0 <= TYPING.grade(content(accuracy=lowest), {"typed": typed, "ms": ms}) <= 1


class Clock:
    """The server's clock, which the test moves."""

    def __init__(self, monkeypatch):
        self.at = 10**12
        monkeypatch.setattr(typing_test, "_milliseconds", lambda: self.at)


@pytest.fixture
def server(monkeypatch):
    return Clock(monkeypatch)


@pytest.mark.parametrize(
    ("passed", "told", "kept"),
    [
        (40_000, 39_500, 39_500),
        (40_000, 5_000, 37_000),
        (40_000, 90_000, 40_000),
        (500, 0, 1),
        (63_000, 60_000, 60_000),
    ],
)
def test_the_servers_clock_bounds_what_the_browser_says(server, passed, told, kept):
    run = typing_test.begin()
    server.at += passed
    assert TYPING.accept(content(), [], {"typed": "亲", "ms": told, "run": run})["ms"] == kept


def test_a_run_that_comes_too_late_is_refused_in_words(server):
    run = typing_test.begin()
    server.at += 63_001
    with pytest.raises(Refused) as refusal:
        TYPING.accept(content(), [], {"typed": "亲", "ms": 60_000, "run": run})
    assert refusal.value.code == "too_late"


@pytest.mark.parametrize(
    "given",
    [
        3,
        ["亲"],
        {"typed": 3, "ms": 1},
        {"typed": "亲", "ms": 1},
        {"typed": "亲", "ms": 1, "run": "1000:made-up:seal"},
        {"typed": "x" * 1000, "ms": 1},
    ],
)
def test_an_answer_without_a_run_of_ours_is_refused(server, given):
    with pytest.raises(Refused) as refusal:
        TYPING.accept(content(), [], given)
    assert refusal.value.code == "unknown_option"


@pytest.mark.parametrize("ms", ["1", -1, None, 1.5, True])
def test_a_time_that_is_no_number_is_refused(server, ms):
    with pytest.raises(Refused):
        TYPING.accept(content(), [], {"typed": "亲", "ms": ms, "run": typing_test.begin()})


def test_nothing_typed_is_no_answer(server):
    run = typing_test.begin()
    assert [TYPING.accept(content(), [], each) for each in (None, {}, {"typed": "", "ms": 1, "run": run})] == [None] * 3


def test_the_clock_is_the_databases(db):
    run = typing_test.begin()
    kept = TYPING.accept(content(), [], {"typed": "亲\x00", "ms": 10**9, "run": run})
    assert kept["typed"] == "亲"
    assert 0 < kept["ms"] < timedelta(seconds=30) / timedelta(milliseconds=1)


def test_a_form_without_scripts_changes_nothing():
    answer = {"typed": "亲", "ms": 7, "run": "x"}
    shown = TYPING.asked(content(), [], answer)["kept"]
    assert [TYPING.from_form({"q-1": kept}, "q-1") for kept in (shown, "")] == [answer, None]
    with pytest.raises(Refused):
        TYPING.from_form({"q-1": "{"}, "q-1")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "短"}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"text": TEXT, "seconds": 5}, "seconds"),
        ({"text": TEXT, "goal": 0}, "goal"),
        ({"text": TEXT, "accuracy": 101}, "accuracy"),
        ({"text": TEXT, "goal": "many"}, "goal"),
        ({"text": TEXT, "goal": 10**9}, "goal"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(given, field):
    with pytest.raises(Refused) as refusal:
        TYPING.check(given)
    assert refusal.value.field == field


def test_the_usual_settings_are_filled_in():
    assert TYPING.check({"text": f" {TEXT}\n"}) == {"text": TEXT, "seconds": 60, "goal": 60, "accuracy": 95}
    assert TYPING.check(content()) == content()
    assert json.loads(json.dumps(content())) == content()


def test_the_summary_gives_the_figures():
    said = TYPING.summary(content(), {"typed": TEXT, "ms": 26_000})
    assert "60" in said
    assert "100" in said
    assert TYPING.summary(content(), None) == ""
