import pytest
import yaml

from assessments.models import Question, QuestionVersion
from assessments.questions.imports import import_questions, read
from assessments.questions.types.choice import right_ids
from courses.packs.parts import TOPIC_PARTS
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.core.demo import CONTENT

pytestmark = pytest.mark.django_db
ENTRIES = """
- code: pr-001
  kind: single
  difficulty: 1
  stem: 签收第 6 天申请退货,怎么办?
  options: [{text: 受理, correct: true}, {text: 拒绝}, {text: 转交主管}]
  explanation: 七日内可以无理由退货。
- {code: pr-002, kind: true_false, difficulty: 2, stem: 定制商品可以七天无理由退货。, answer: false}
- code: pr-003
  kind: multiple
  difficulty: 3
  stem: 哪些不适用?
  options: [{text: 鲜活易腐, correct: true}, {text: 定作, correct: true}, {text: 毛衣}]
"""


@pytest.fixture
def topic():
    return TopicFactory()


def entries():
    return yaml.safe_load(ENTRIES)


def kept():
    return [
        (q.code, q.kind, q.difficulty, q.current.number, q.current.stem, right_ids(q.current.content))
        for q in Question.objects.select_related("current").order_by("code")
    ]


def test_questions_come_in_with_their_first_version(topic):
    assert import_questions(topic, entries()) == []
    assert kept() == [
        ("pr-001", "single", 1, 1, "签收第 6 天申请退货,怎么办?", ["a"]),
        ("pr-002", "true_false", 2, 1, "定制商品可以七天无理由退货。", ["false"]),
        ("pr-003", "multiple", 3, 1, "哪些不适用?", ["a", "b"]),
    ]


def test_importing_again_changes_nothing(topic):
    import_questions(topic, entries())
    before = list(QuestionVersion.objects.values())
    import_questions(topic, entries())
    assert list(QuestionVersion.objects.values()) == before


def test_a_changed_entry_is_a_new_version_of_the_same_question(topic):
    import_questions(topic, entries())
    changed = entries()
    changed[1]["answer"] = True
    assert import_questions(topic, changed) == []
    assert kept()[1] == ("pr-002", "true_false", 2, 2, "定制商品可以七天无理由退货。", ["true"])
    assert QuestionVersion.objects.count() == 4


def test_problems_are_named_and_nothing_is_kept(topic):
    QuestionFactory(topic=TopicFactory(), code="pr-007")
    bad = [
        *entries(),
        "不是题目",
        {"code": "pr-004", "kind": "poem", "stem": "谈谈退货"},
        {"code": "pr-005", "kind": "single", "stem": "怎么办?", "options": [{"text": "受理"}, {"text": "拒绝"}]},
        {"code": "pr-006", "kind": "true_false", "stem": "对吗?", "answer": "对"},
        {"code": "pr-007", "kind": "true_false", "stem": "对吗?", "answer": True},
        {"kind": "single", "stem": "没有编号"},
        {"code": "pr-008", "kind": "single", "stem": "怎么办?", "options": "受理"},
        {"code": "pr-009", "kind": "single", "stem": "怎么办?", "options": [], "difficulty": "难"},
        entries()[0],
    ]
    assert [problem.place for problem in import_questions(topic, bad)] == [
        "#4",
        "pr-004.kind",
        "pr-005.options",
        "pr-006.options",
        "#9.code",
        "pr-008.options",
        "pr-009.difficulty",
        "pr-001.code",
        "pr-007",
    ]
    assert kept() == [("pr-007", "single", 2, 1, "客户要求退货,怎么办?(pr-007)", ["a"])]


@pytest.mark.parametrize("count", [1, 30])
def test_an_import_takes_six_statements_however_many_questions(topic, count, django_assert_max_num_queries):
    many = [{**entries()[0], "code": f"pr-{n}"} for n in range(count)]
    with django_assert_max_num_queries(7):  # six, and the savepoint's two, less the insert that finds nothing
        assert import_questions(topic, many) == []


def test_packs_hand_their_questions_over():
    assert TOPIC_PARTS["questions"].load is import_questions


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*/questions.yaml")), ids=lambda path: path.parent.name)
def test_the_questions_of_the_product_can_be_asked(path):
    drafts, problems = read(yaml.safe_load(path.read_text()))
    assert problems == []
    assert len(drafts) >= 25
