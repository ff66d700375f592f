import pytest

from assessments.models import Question
from tests.factories.assessments import CategoryFactory, QuestionFactory, QuizFactory, put
from tests.factories.courses import CompetencyFactory, UnitFactory

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "single",
    "topic": "returns",
    "stem": "签收第 6 天申请退货，怎么办？",
    "content": {"options": [{"text": "受理", "correct": True}, {"text": "拒绝"}]},
}


def sent(rest, way, data, method="post"):
    return rest(method, f"/api/v1/questions/{way}", data)


def listed(rest, query=""):
    return rest("get", f"/api/v1/questions/{query}").json()


def test_a_question_is_made_read_changed_and_retired(rest, topic):
    CompetencyFactory(code="policy")
    category = CategoryFactory(topic=topic)
    made = sent(rest, "", NEW | {"tags": ["退货", "退货 "], "competency": "policy", "category": category.pk})
    assert made.status_code == 201, made.json()
    row = made.json()
    own = ("code", "version", "difficulty", "status", "tags", "competency", "category", "explanation", "language")
    assert [row[name] for name in own] == ["returns-001", 1, 2, "ready", ["退货"], "policy", category.pk, "", "zh-hans"]
    given = {"explanation": "七天内。", "status": "draft", "note": "补解析"}
    changed = sent(rest, f"{row['id']}/", given, "patch").json()
    assert [changed[name] for name in ("version", "stem", "status", "tags")] == [2, NEW["stem"], "draft", ["退货"]]
    assert sent(rest, f"{row['id']}/", {"difficulty": 3}, "patch").json()["version"] == 2
    assert sent(rest, f"{row['id']}/retire/", {}).json()["status"] == "retired"
    assert sent(rest, f"{row['id']}/retire/", {}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"topic": "nowhere"}, "topic"),
        ({"kind": "riddle"}, "kind"),
        ({"content": {"options": []}}, "options"),
        ({"content": [1]}, "content"),
        ({"content": {"options": "x"}}, "options"),
        ({"stem": " "}, "stem"),
        ({"stem": "<script>x</script>"}, "stem"),
        ({"difficulty": 9}, "difficulty"),
        ({"status": "lost"}, "status"),
        ({"tags": ["长" * 41]}, "tags.0"),
        ({"translations": {"xx": {}}}, "translations"),
        ({"translations": {"en": "no"}}, "translations"),
        ({"code": "有 空格"}, "code"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(rest, topic, wrong, field):
    answer = sent(rest, "", NEW | wrong)
    assert (answer.status_code, [error["attr"] for error in answer.json()["errors"]]) == (400, [field])
    assert not Question.objects.exists()


def test_the_rules_of_the_pages_hold(rest, topic):
    sent(rest, "", NEW)
    assert sent(rest, "", NEW).json()["errors"][0]["code"] == "duplicate"
    question = Question.objects.get()
    assert sent(rest, f"{question.pk}/", {"kind": "multiple"}, "patch").json()["errors"][0]["code"] == "fixed"
    put(QuizFactory(unit=UnitFactory(kind="quiz")), question)
    assert sent(rest, f"{question.pk}/retire/", {}).json()["errors"][0]["code"] == "in_use"
    assert rest("delete", f"/api/v1/questions/{question.pk}/").status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_few_queries_and_filters(rest, topic, rows, django_assert_max_num_queries):
    for number in range(rows):
        QuestionFactory(topic=topic, tags=["退货"], code=f"r-{number:02}")
    QuestionFactory(topic=topic, code="other", kind="multiple")
    with django_assert_max_num_queries(7):
        found = listed(rest, "?tag=退货&topic=returns")["results"]
    assert [row["code"] for row in found] == [f"r-{number:02}" for number in range(rows)]
    assert [row["code"] for row in listed(rest, "?kind=multiple")["results"]] == ["other"]


def test_duplicates_are_listed(rest, topic):
    QuestionFactory(topic=topic, code="a", stem="签收第六天申请退货怎么办")
    QuestionFactory(topic=topic, code="b", stem="签收第六天申请退货怎么办？")
    assert listed(rest, "duplicates/") == [{"one": "a", "other": "b", "share": 1.0}]
    assert rest("get", "/api/v1/questions/duplicates/?share=9").status_code == 400
