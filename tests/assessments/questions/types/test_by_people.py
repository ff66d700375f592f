"""Essays and files: what people mark."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from assessments.questions.types.base import type_of
from assessments.questions.types.upload import KINDS, answer_for, check_upload
from courses.models import Rubric
from tests.courses.media import samples
from trainingsite.core.errors import Refused

ESSAY, UPLOAD = type_of("essay"), type_of("upload")
KEY = "6f1ed002-ab59-4a86-b6a6-0d8f6b1d3c55"


def essay(**more):
    return ESSAY.check({"fewest": 5, "most": 10, "model": "先道歉。", **more})


def upload(**more):
    return UPLOAD.check({"endings": ["pdf", "csv"], "most_mb": 1, "model": "样表", **more})


def test_people_mark_what_was_answered_and_nothing_is_worth_nothing():
    handed_in = answer_for(KEY, "表.csv", 3)
    assert [ESSAY.grade(essay(), "你好"), ESSAY.grade(essay(), None)] == [None, 0]
    assert [UPLOAD.grade(upload(), handed_in), UPLOAD.grade(upload(), None)] == [None, 0]
    assert (ESSAY.by_person, UPLOAD.by_person) == (True, True)


def test_an_essay_out_of_bounds_is_kept_and_its_marker_told():
    for text, short, long in (
        ("你 好", True, False),
        ("非常抱歉", True, False),
        ("我们非常抱歉给您添麻烦", False, True),
    ):
        assert ESSAY.accept(essay(), [], text) == text
        told = ESSAY.told(essay(), [], text)
        assert (told["too_short"], told["too_long"]) == (short, long)


@pytest.mark.parametrize("given", [3, ["a"], "x" * 20_001])
def test_an_essay_of_another_shape_is_refused(given):
    with pytest.raises(Refused):
        ESSAY.accept(essay(), [], given)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fewest": 9, "most": 3}, "fewest"),
        ({"fewest": 0}, "fewest"),
        ({"most": "many"}, "most"),
        ({"most": 10**9}, "most"),
        ({"model": "x" * 10_001}, "model"),
        ({"rubric": "x"}, "rubric"),
        ({"rubric": -3}, "rubric"),
    ],
)
def test_an_essay_that_cannot_be_asked_is_refused_at_its_field(given, field):
    with pytest.raises(Refused) as refusal:
        ESSAY.check(given)
    assert refusal.value.field == field


def test_an_essay_names_a_rubric_that_exists(db):
    rubric = Rubric.objects.create(title="回复质量")
    assert ESSAY.check({"rubric": rubric.pk})["rubric"] == rubric.pk
    with pytest.raises(Refused) as refusal:
        ESSAY.check({"rubric": rubric.pk + 1})
    assert refusal.value.field == "rubric"


@pytest.mark.parametrize("kind", ["essay", "upload"])
def test_the_model_answer_is_shown_with_the_solution_only(kind):
    content = {"essay": essay, "upload": upload}[kind]()
    asked, told = type_of(kind).asked(content, [], None), type_of(kind).told(content, [], None)
    html = render_to_string(type_of(kind).ask_template, {"parts": asked, "name": "q-1"})
    pages = [
        render_to_string(type_of(kind).review_template, {"parts": told, "see": see}) for see in ((), ("solution",))
    ]
    assert [content["model"] in page for page in (html, *pages)] == [False, False, True]
    assert "model" not in asked


def test_a_file_is_named_only_with_its_seal():
    answer = answer_for(KEY, "表.csv", 3)
    assert UPLOAD.accept(upload(), [], answer) == answer
    for other in ({**answer, "size": 4}, {**answer, "file": KEY[::-1]}, {**answer, "x": 1}, {"file": KEY}, KEY, [KEY]):
        with pytest.raises(Refused):
            UPLOAD.accept(upload(), [], other)


def test_a_form_without_scripts_keeps_or_drops_the_file():
    answer = answer_for(KEY, "表.csv", 3)
    kept = UPLOAD.asked(upload(), [], answer)["kept"]
    assert UPLOAD.from_form(QueryDict(mutable=True) | {"q-1": kept}, "q-1") == answer
    assert UPLOAD.from_form({"q-1": kept, "q-1-drop": "on"}, "q-1") is None
    assert UPLOAD.from_form({"q-1": ""}, "q-1") is None
    with pytest.raises(Refused):
        UPLOAD.from_form({"q-1": "made-up:seal"}, "q-1")


def test_a_files_content_is_tidied():
    assert UPLOAD.check({"endings": [".PDF", "csv", "pdf"], "most_mb": ""}) == {
        "rubric": None,
        "endings": ["pdf", "csv"],
        "most_mb": 10,
        "model": "",
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "endings"),
        ({"endings": "pdf"}, "endings"),
        ({"endings": ["exe"]}, "endings"),
        ({"endings": ["pdf"], "most_mb": 51}, "most_mb"),
        ({"endings": ["pdf"], "most_mb": "x"}, "most_mb"),
    ],
)
def test_an_upload_that_cannot_be_asked_is_refused_at_its_field(given, field):
    with pytest.raises(Refused) as refusal:
        UPLOAD.check(given)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-" + b"x" * 1024 * 1024, "file_too_large"),
        ("a.pdf", b"MZ\x90\x00", "file_of_wrong_kind"),
        ("a.exe", b"%PDF-1.7", "file_of_wrong_kind"),
        ("a.csv", b"a,b\x00c", "file_of_wrong_kind"),
        ("a", b"%PDF-1.7", "file_of_wrong_kind"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, data, code):
    file = samples.upload(data, name)
    with pytest.raises(Refused) as refusal:
        check_upload(upload(), file)
    assert refusal.value.code == code


def test_a_file_keeps_its_name_without_its_folder():
    assert check_upload(upload(), samples.upload(b"%PDF-1.7", "退货 登记.PDF")) == "退货 登记.PDF"
    assert check_upload(upload(), samples.upload("名,数\n".encode("gbk"), "../../etc/表.csv")) == "表.csv"


def test_real_files_are_what_they_say():
    every = UPLOAD.check({"endings": list(KINDS), "most_mb": 50})
    real = {
        "a.png": samples.png(),
        "a.pdf": samples.pdf(),
        "a.wav": samples.tone(),
        "a.mp4": samples.MP4,
        "a.txt": b"hi",
    }
    assert [check_upload(every, samples.upload(data, name)) for name, data in real.items()] == list(real)
