"""The author's forms of what is typed, uploaded, clicked and marked by people."""

import pytest
from django.urls import reverse

from assessments.models import Question
from courses.media.actions import store
from courses.models import Rubric
from tests.courses.media import samples
from tests.factories.courses import TopicFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
FACTOR = "0.04166666666666666666666666667"
SHORT = {"answers-0-text": "7天*", "answers-1-text": "一周", "answers-1-credit": "50", "synonyms": "一周，一个星期"}
NUMBER = {
    "answers-0-value": "７",
    "answers-0-tolerance": "",
    "unit": "required",
    "units-0-name": "天",
    "units-1-name": "小时",
    "units-1-factor": "1/24",
}
ESSAY = {"fewest": "100", "most": "500", "model": "先道歉。"}
UPLOAD = {"endings": ["csv", "pdf"], "most_mb": "5", "model": ""}
TYPING = {"text": "亲,您的订单已发货。", "seconds": "30", "goal": "40", "accuracy": "95"}


@pytest.fixture
def hr(hire, client):
    client.force_login(hire(Role.HR))
    return client


@pytest.fixture
def topic():
    return TopicFactory(slug="rules", title="平台规则")


@pytest.fixture
def written(hr, topic):
    def write(kind, fields, status=302):
        values = {"kind": kind, "topic": topic.pk, "difficulty": 2, "stem": "签收后几天可以退货?", **fields}
        answer = hr.post(reverse("question-new"), values)
        assert answer.status_code == status, answer.context["form"].errors
        return answer if status != 302 else Question.objects.get().current.content

    return write


def test_a_short_answer_is_written(written):
    assert written("short", SHORT) == {
        "answers": [
            {"text": "7天*", "credit": 100, "feedback": ""},
            {"text": "一周", "credit": 50, "feedback": ""},
        ],
        "synonyms": [["一周", "一个星期"]],
        "case": False,
    }


def test_a_number_is_written(written):
    assert written("numerical", NUMBER) == {
        "answers": [{"value": "7", "tolerance": "0", "credit": 100, "feedback": ""}],
        "units": [{"name": "天", "factor": "1"}, {"name": "小时", "factor": FACTOR}],
        "unit": "required",
    }


def test_an_essay_is_written_with_its_rubric(written):
    rubric = Rubric.objects.create(title="回复质量")
    content = written("essay", {**ESSAY, "rubric": rubric.pk})
    assert content == {"rubric": rubric.pk, "fewest": 100, "most": 500, "model": "先道歉。"}


def test_a_file_is_asked_for(written):
    assert written("upload", UPLOAD) == {"rubric": None, "endings": ["pdf", "csv"], "most_mb": 5, "model": ""}


def test_a_typing_test_is_written(written):
    assert written("typing", TYPING) == {"text": TYPING["text"], "seconds": 30, "goal": 40, "accuracy": 95}


def test_a_screenshot_is_written_with_its_areas(written):
    picture = store(samples.upload(samples.png(300, 200), "desk.png"), by=None)
    areas = {
        "areas-0-shape": "rect",
        "areas-0-coords": "10, 10, 60, 40",
        "areas-0-label": "退款",
        "areas-1-shape": "circle",
    }
    content = written("hotspot", {"image": picture.sha256, **areas})
    assert (content["image"], content["width"], content["height"]) == (picture.short, 300, 200)
    assert [(row["shape"], row["coords"], row["credit"]) for row in content["areas"]] == [
        ("rect", [10, 10, 60, 40], 100)
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("short", {**SHORT, "answers-0-text": "*"}, "answers"),
        ("short", {**SHORT, "synonyms": "退货"}, "synonyms"),
        ("numerical", {**NUMBER, "answers-0-value": "seven"}, "answers"),
        ("numerical", {**NUMBER, "units-1-factor": "0"}, "units"),
        ("essay", {**ESSAY, "fewest": "900"}, "fewest"),
        ("essay", {**ESSAY, "rubric": "12345"}, "rubric"),
        ("upload", {"endings": []}, "endings"),
        ("upload", {**UPLOAD, "most_mb": "500"}, "most_mb"),
        ("typing", {**TYPING, "text": "短"}, "text"),
        ("typing", {**TYPING, "goal": "0"}, "goal"),
        ("hotspot", {"image": "", "areas-0-coords": "1,1,2,2"}, "image"),
        ("hotspot", {"image": "0" * 64, "areas-0-coords": "1,1,2,2"}, "image"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(written, kind, fields, field):
    form = written(kind, fields, status=422).context["form"]
    assert form.errors[field]
    assert not Question.objects.exists()


def test_areas_off_the_picture_are_said_at_the_areas(written):
    picture = store(samples.upload(samples.png(300, 200), "desk.png"), by=None)
    fields = {"image": picture.sha256, "areas-0-coords": "10, 10, 600, 40"}
    assert written("hotspot", fields, status=422).context["form"].errors["areas"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("short", SHORT), ("numerical", NUMBER), ("essay", ESSAY), ("upload", UPLOAD), ("typing", TYPING)],
)
def test_the_form_shows_what_is_kept_and_sent_again_changes_nothing(hr, written, kind, fields, topic):
    content = written(kind, fields)
    question = Question.objects.get()
    form = hr.get(reverse("question-edit", args=[question.pk])).context["form"]
    assert form.type.check(form.type.form.content(_initial(form))) == content
    values = {"topic": topic.pk, "difficulty": 2, "stem": "签收后几天可以退货?", "code": question.code, **fields}
    assert hr.post(reverse("question-edit", args=[question.pk]), values).status_code == 302
    assert question.versions.count() == 1


def _initial(form):
    """What the form's fields are filled with, rows as their content."""
    return {name: form.initial.get(name) for name in form.type.form.base_fields}


@pytest.mark.parametrize("kind", ["short", "numerical", "essay", "upload", "typing", "hotspot"])
def test_the_empty_form_of_every_kind_opens(hr, kind):
    assert hr.get(f"{reverse('question-new')}?kind={kind}").status_code == 200
