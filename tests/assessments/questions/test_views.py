import re

import pytest

from assessments.models import Question
from assessments.questions.types.choice import right_ids
from tests.factories.assessments import CategoryFactory, QuestionFactory, QuizFactory, put
from tests.factories.courses import TopicFactory, UnitFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def topic():
    return TopicFactory(slug="rules", title="平台规则")


def sent(of, **changes):
    data = {
        "topic": of.pk,
        "kind": "single",
        "difficulty": 1,
        "stem": "签收第 6 天申请退货,怎么办?",
        "options-0-text": "受理",
        "options-0-correct": "on",
        "options-1-text": "拒绝",
        "options-7-text": "转交主管",
        "options-8-text": "",
        "explanation": "",
        "code": "",
    }
    return data | changes


def codes(response):
    return [question.code for question in response.context["page"]]


def test_the_bank_is_filtered_searched_and_sorted(hr, topic):
    other = TopicFactory(title="沟通技巧")
    QuestionFactory(topic=topic, code="a-1", difficulty=1, stem="运费险由谁承担?")
    QuestionFactory(topic=topic, code="a-2", kind="multiple", difficulty=3)
    QuestionFactory(topic=other, code="b-1")
    put(QuizFactory(unit=UnitFactory(kind="quiz")), QuestionFactory(topic=other, code="b-2"))
    QuestionFactory(topic=topic, code="z-9", retired_at="2026-01-01T00:00Z", status="retired")
    assert codes(hr.get("/questions/")) == ["a-1", "a-2", "b-1", "b-2"]
    assert codes(hr.get("/questions/", {"q": "运费险"})) == ["a-1"]
    assert codes(hr.get("/questions/", {"topic": topic.pk, "kind": "multiple"})) == ["a-2"]
    assert codes(hr.get("/questions/", {"status": "retired"})) == ["z-9"]
    assert codes(hr.get("/questions/", {"sort": "-uses"})) == ["b-2", "a-1", "a-2", "b-1"]
    assert codes(hr.get("/questions/", {"sort": "password", "topic": "x"})) == ["a-1", "a-2", "b-1", "b-2"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_bank_takes_nine_queries(rows, hr, topic, django_assert_max_num_queries):
    category = CategoryFactory(topic=topic)
    for number in range(rows):
        QuestionFactory(topic=topic, category=category, tags=[f"标签{number}"])
    with django_assert_max_num_queries(9):
        hr.get("/questions/")
    with django_assert_max_num_queries(5):
        hr.get("/questions/", {"tags": "标签0"}, headers={"HX-Request": "true"})


def test_the_export_holds_what_is_seen_and_no_formula(hr, topic):
    QuestionFactory(topic=topic, code="a-1", stem="=1+1 是几?", explanation="是二。")
    QuestionFactory(topic=topic, code="a-2", kind="multiple")
    lines = b"".join(hr.get("/questions/export/", {"kind": "single"})).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["a-1,平台规则,,,单选题,中等,可用,,zh-hans,,'=1+1 是几?,是二。,0"]


def test_the_export_speaks_the_readers_language_to_the_last_row(hire, as_, topic):
    QuestionFactory(topic=topic, code="q-1")
    reader = as_(hire(Role.HR, locale="en"))

    heading, row = b"".join(reader.get("/questions/export/")).decode("utf-8-sig").splitlines()

    assert heading == (
        "code,topic,category,tags,kind,difficulty,status,competency,language,source,question,explanation,in quizzes"
    )
    assert row.startswith("q-1,平台规则,,,Single choice,Medium,Ready,")


def test_a_question_is_written(hr, topic):
    response = hr.post("/questions/new/", sent(topic))
    question = Question.objects.get()
    assert response.url == f"/questions/{question.pk}/"
    assert [(option["text"], option["correct"]) for option in question.current.options] == [
        ("受理", True),
        ("拒绝", False),
        ("转交主管", False),
    ]


def test_of_a_single_choice_one_row_is_right_by_a_radio_button(hr, topic):
    data = {name: value for name, value in sent(topic).items() if not name.endswith("-correct")}
    assert hr.post("/questions/new/", data | {"options-correct": "7"}).status_code == 302
    made = Question.objects.get()
    assert [row["text"] for row in made.current.content["options"] if row["correct"]] == ["转交主管"]
    page = hr.get(f"/questions/{made.pk}/edit/").content.decode()
    assert page.count('type="radio" name="options-correct"') == 4  # three, and the one that the script copies
    (chosen,) = re.findall(r'<input[^>]*name="options-correct"[^>]*checked[^>]*>', page)
    assert 'value="2"' in chosen


@pytest.mark.parametrize(("kind", "control"), [("single", "radio"), ("multiple", "checkbox")])
def test_the_right_ones_are_chosen_by_what_the_kind_takes(hr, topic, kind, control):
    page = hr.get(f"/questions/new/?kind={kind}").content.decode()
    assert f'type="{control}" name="options-{"" if kind == "single" else "0-"}correct"' in page


def test_writing_another_keeps_the_topic(hr, topic):
    assert hr.post("/questions/new/", sent(topic, another="1")).url == f"/questions/new/?kind=single&topic={topic.pk}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"options-1-correct": "on"}, "options"),
        ({"options-8-correct": "on"}, "options"),
        ({"options-1-text": " 受理 "}, "options"),
        ({"stem": " "}, "stem"),
        ({"topic": "77777"}, "topic"),
        ({"kind": "true_false"}, "answer"),
        ({"code": "没有 空格"}, "code"),
        ({"difficulty": "9"}, "difficulty"),
        ({"stem": "长" * 4001}, "stem"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(hr, topic, changes, field):
    response = hr.post("/questions/new/", sent(topic, **changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Question.objects.exists()


def test_what_was_typed_comes_back_with_the_error(hr, topic):
    page = hr.post("/questions/new/", sent(topic, stem="", **{"options-7-text": "<b>转交</b>"})).content.decode()
    assert "&lt;b&gt;转交&lt;/b&gt;" in page


def test_an_edit_starts_from_the_present_wording_and_makes_a_version(hr, topic):
    question = QuestionFactory(topic=topic, kind="true_false", right="false", stem="定制商品可以退。")
    form = hr.get(f"/questions/{question.pk}/edit/").context["form"]
    assert (form["answer"].value(), form["stem"].value()) == ("false", "定制商品可以退。")
    changed = {"topic": topic.pk, "difficulty": 2, "stem": "定制商品可以退。", "answer": "true", "code": question.code}
    hr.post(f"/questions/{question.pk}/edit/", changed)
    question.refresh_from_db()
    assert (question.current.number, right_ids(question.current.content), question.kind) == (2, ["true"], "true_false")
    assert [version.number for version in hr.get(f"/questions/{question.pk}/").context["versions"]] == [2, 1]


def test_a_question_in_use_stays_and_says_where(hr, topic):
    question = QuestionFactory(topic=topic)
    put(QuizFactory(unit=UnitFactory(kind="quiz", title="退货测验")), question)
    assert (
        "退货测验" in hr.post(f"/questions/{question.pk}/status/", {"status": "retired"}, follow=True).content.decode()
    )
    assert Question.objects.in_use().exists()


def test_retire_and_put_back(hr, topic):
    question = QuestionFactory(topic=topic)
    hr.post(f"/questions/{question.pk}/status/", {"status": "retired"})
    assert not Question.objects.in_use().exists()
    hr.post(f"/questions/{question.pk}/status/", {"status": "ready"})
    assert Question.objects.in_use().exists()


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.MENTOR, Role.ADMIN])
def test_the_bank_is_closed_to_those_who_are_tested(role, hire, as_, topic):
    question = QuestionFactory(topic=topic)
    client = as_(hire(role))
    for path in ["/questions/", "/questions/export/", f"/questions/{question.pk}/", "/questions/new/"]:
        assert client.get(path).status_code == 403


def test_an_auditor_reads_and_changes_nothing(hire, as_, topic):
    client, question = as_(hire(Role.AUDITOR)), QuestionFactory(topic=topic)
    assert "/edit/" not in client.get(f"/questions/{question.pk}/").content.decode()
    assert client.post(f"/questions/{question.pk}/edit/", sent(topic)).status_code == 403
