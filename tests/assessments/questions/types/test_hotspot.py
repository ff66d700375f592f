"""Where would you click? Areas, points and their marks."""

import json
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.questions.types.areas import checked_coords, holds
from assessments.questions.types.base import type_of
from assessments.questions.types.hotspot import HotspotForm
from courses.media.actions import store
from tests.courses.media import samples
from trainingsite.core.errors import Refused

HOTSPOT = type_of("hotspot")
SIZE = (300, 200)
L_SHAPE = [0, 0, 20, 0, 20, 10, 10, 10, 10, 20, 0, 20]


def area(shape, *coords):
    return {"shape": shape, "coords": list(coords)}


@pytest.mark.parametrize(
    ("where", "inside", "outside"),
    [
        (area("rect", 10, 10, 20, 30), [(10, 10), (20, 30), (15, 20)], [(9, 10), (21, 30), (15, 31)]),
        (area("circle", 50, 50, 5), [(50, 50), (55, 50), (53, 54)], [(56, 50), (54, 54)]),
        (area("poly", *L_SHAPE), [(5, 5), (15, 5), (5, 15), (0, 0), (10, 15), (20, 10)], [(15, 15), (21, 5), (11, 11)]),
        (area("poly", 0, 0, 10, 20, 20, 0), [(10, 10), (10, 20), (5, 10)], [(1, 10), (19, 10), (10, 21)]),
    ],
)
def test_the_edge_belongs_to_an_area(where, inside, outside):
    assert [holds(where, *point) for point in inside] == [True] * len(inside)
    assert [holds(where, *point) for point in outside] == [False] * len(outside)


POINTS = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(POINTS, POINTS, POINTS)
def test_a_rectangle_and_its_polygon_hold_the_same_points(one, other, point):
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    corners = area("poly", left, top, right, top, right, bottom, left, bottom)
    assert holds(area("rect", left, top, right, bottom), *point) == holds(corners, *point)


@pytest.mark.parametrize(
    ("shape", "given", "kept"),
    [
        ("rect", "20, 30, 10, 10", [10, 10, 20, 30]),
        ("rect", [1.4, 2.6, 30, 40], [1, 3, 30, 40]),
        ("circle", "50;50;5", [50, 50, 5]),
        ("poly", [0, 0, 10, 0, 10, 10], [0, 0, 10, 0, 10, 10]),
    ],
)
def test_coordinates_are_tidied(shape, given, kept):
    assert checked_coords(shape, given, SIZE, 1) == kept


@pytest.mark.parametrize(
    ("shape", "given"),
    [
        ("rect", "1,2,3"),
        ("rect", "a,b,c,d"),
        ("rect", None),
        ("rect", {"a": 1}),
        ("rect", [0, 0, 301, 5]),
        ("rect", [5, 5, 5, 9]),
        ("rect", [0, 0, float("inf"), 5]),
        ("rect", [0, 0, float("nan"), 5]),
        ("circle", [5, 5, 0]),
        ("circle", [5, 500, 3]),
        ("poly", [0, 0, 5, 5]),
        ("poly", [0, 0, 5, 5, 9]),
        ("poly", [0, 0] * 61),
    ],
)
def test_coordinates_off_the_picture_are_refused(shape, given):
    with pytest.raises(Refused) as refusal:
        checked_coords(shape, given, SIZE, 1)
    assert refusal.value.field == "areas"


@pytest.fixture
def screenshot(db):
    return store(samples.upload(samples.png(*SIZE), "desk.png"), by=None)


@pytest.fixture
def content(screenshot):
    return HOTSPOT.check(
        {
            "image": screenshot.reference,
            "areas": [
                {"shape": "rect", "coords": [10, 10, 110, 60], "label": "退款按钮"},
                {"shape": "circle", "coords": [200, 100, 20], "label": "备注", "credit": 40},
                {"shape": "rect", "coords": [100, 50, 200, 100], "credit": 0},
            ],
        }
    )


def test_what_is_checked_names_picture_size_and_ids(content, screenshot):
    assert {name: content[name] for name in ("image", "width", "height")} == {
        "image": screenshot.short,
        "width": 300,
        "height": 200,
    }
    assert [row["credit"] for row in content["areas"]] == [100, 40, 0]
    assert len({row["id"] for row in content["areas"]}) == 3
    assert HOTSPOT.check(content) == content
    assert json.loads(json.dumps(content)) == content


@pytest.mark.parametrize(
    ("point", "earned"),
    [([10, 10], 1), ([110, 60], 1), ([105, 55], 1), ([200, 110], "0.4"), ([150, 80], 0), ([299, 199], 0), (None, 0)],
)
def test_the_best_area_that_holds_the_point_decides(content, point, earned):
    assert HOTSPOT.grade(content, point) == Decimal(earned)


def test_right_earns_everything_and_guessing_little(content):
    assert HOTSPOT.grade(content, HOTSPOT.right(content)) == 1
    assert HOTSPOT.guess(content) == pytest.approx(Decimal("0.09"), abs=Decimal("0.02"))
    assert HOTSPOT.chosen(content, [20, 20]) == [("", content["areas"][0]["id"])]
    assert HOTSPOT.summary(content, [20, 20]) == "20, 20 (退款按钮)"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.none() | st.lists(st.integers(-5, 400) | st.floats(), max_size=3) | st.text(max_size=3) | st.booleans())
def test_any_answer_is_refused_or_lies_on_the_picture(content, given):
    try:
        kept = HOTSPOT.accept(content, [], given)
    except Refused:
        return
    assert kept is None or (0 <= kept[0] <= 300 and 0 <= kept[1] <= 200)
    assert 0 <= HOTSPOT.grade(content, kept) <= 1


def test_what_is_asked_tells_nothing(content):
    asked = HOTSPOT.asked(content, [], [20, 20])
    html = render_to_string(HOTSPOT.ask_template, {"parts": asked, "name": "q-1"})
    assert "areas" not in asked
    assert not any(word in html for word in ("退款按钮", "备注", "credit", "110", "a-hot-area"))


def test_the_review_draws_the_areas_with_the_solution_only(content):
    told = HOTSPOT.told(content, [], [150, 80])
    pages = {
        see: render_to_string(HOTSPOT.review_template, {"parts": told, "see": see})
        for see in ((), ("solution", "right"))
    }
    assert ["a-hot-area" in page for page in pages.values()] == [False, True]
    assert ["a-wrong" in page for page in pages.values()] == [False, True]


def test_a_form_without_scripts_gives_the_point_back(content):
    assert HOTSPOT.from_form({"q-1-x": "12", "q-1-y": " 7 "}, "q-1") == [12, 7]
    assert HOTSPOT.from_form({"q-1-x": "", "q-1-y": ""}, "q-1") is None
    with pytest.raises(Refused):
        HOTSPOT.from_form({"q-1-x": "a", "q-1-y": "1"}, "q-1")


AREA = {"shape": "rect", "coords": [1, 1, 9, 9]}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"image": "0" * 12}, "no_picture"),
        ({"image": "../x"}, "no_picture"),
        ({"areas": []}, "number_of_areas"),
        ({"areas": [AREA] * 21}, "number_of_areas"),
        ({"areas": [{**AREA, "shape": "star"}]}, "shape"),
        ({"areas": [{**AREA, "credit": 50}]}, "no_right_area"),
        ({"areas": [{**AREA, "id": "a"}, {**AREA, "id": "a"}]}, "duplicate_id"),
    ],
)
def test_what_cannot_be_asked_is_refused(screenshot, given, code):
    with pytest.raises(Refused) as refusal:
        HOTSPOT.check({"image": screenshot.short, "areas": [AREA], **given})
    assert refusal.value.code == code


def test_a_file_that_is_no_picture_is_no_screenshot(db):
    sound = store(samples.upload(samples.tone(), "a.wav"), by=None)
    with pytest.raises(Refused) as refusal:
        HOTSPOT.check({"image": sound.short, "areas": [AREA]})
    assert refusal.value.code == "no_picture"


def test_the_form_shows_an_area_as_it_reads_it(content, screenshot):
    shown = HotspotForm.shown(content)
    form = HotspotForm(initial=shown)
    assert f'value="{screenshot.sha256}" selected' in str(form["image"])
    assert 'value="10, 10, 110, 60"' in str(form["areas"])


def test_labels_go_out_and_come_back(content):
    texts = HOTSPOT.texts(content)
    assert sorted(texts.values()) == ["备注", "退款按钮"]
    other = HOTSPOT.with_texts(content, {path: f"{text} (en)" for path, text in texts.items()})
    assert HOTSPOT.texts(other) == {path: f"{text} (en)" for path, text in texts.items()}
    assert HOTSPOT.with_texts(content, {}) == content
