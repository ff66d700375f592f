import pytest

from assessments.models import Question, QuestionVersion
from assessments.questions.actions import retire_question, save_question, set_status
from assessments.questions.types.choice import right_ids, truth
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import TopicFactory, UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return TopicFactory(slug="platform-rules")


def fields(topic, **changes):
    usual = {
        "topic": topic,
        "code": "",
        "kind": "single",
        "difficulty": 1,
        "stem": "签收第 6 天申请退货,怎么办?",
        "options": [{"text": "受理", "correct": True}, {"text": "拒绝", "correct": False}],
        "explanation": "七日内可以无理由退货。",
    }
    given = usual | changes
    return {"content": {"options": given["options"]}, **{k: v for k, v in given.items() if k != "options"}}


def refused(topic, **changes):
    with pytest.raises(Refused) as refusal:
        save_question(None, by=None, **fields(topic, **changes))
    assert not Question.objects.exists()
    return refusal.value.field, refusal.value.code


def test_a_new_question_has_its_first_version_and_the_next_code_of_its_topic(topic, hire):
    author = hire()
    QuestionFactory(topic=topic, code="platform-rules-001")
    question = save_question(None, by=author, **fields(topic))
    assert (question.code, question.kind, question.owner) == ("platform-rules-002", "single", author)
    assert question.current.options == [
        {"id": "a", "text": "受理", "correct": True},
        {"id": "b", "text": "拒绝", "correct": False},
    ]
    assert (question.current.number, question.current.author) == (1, author)


def test_saving_the_same_again_makes_no_version(topic):
    question = save_question(None, by=None, **fields(topic))
    kept = [dict(option) for option in question.current.options]
    save_question(question, by=None, **fields(topic, options=kept, explanation=" 七日内可以无理由退货。\r\n"))
    assert QuestionVersion.objects.count() == 1


def test_another_difficulty_is_no_new_version(topic):
    question = save_question(None, by=None, **fields(topic))
    again = save_question(question, by=None, **fields(topic, difficulty=3, options=question.current.options))
    assert (again.difficulty, again.versions.count()) == (3, 1)


def test_a_changed_wording_is_a_new_version_and_the_old_one_stays(topic):
    question = save_question(None, by=None, **fields(topic))
    first = question.current
    options = [*first.options, {"text": "转交主管"}]
    again = save_question(question, by=None, **fields(topic, options=options, code="pr-1"))
    assert (again.pk, again.code, again.current.number) == (question.pk, "pr-1", 2)
    assert [option["id"] for option in again.current.options] == ["a", "b", "c"]
    assert QuestionVersion.objects.get(number=1).options == first.options


def test_an_option_keeps_its_id_when_another_goes(topic):
    options = [{"text": "甲", "correct": True}, {"text": "乙"}, {"text": "丙"}]
    question = save_question(None, by=None, **fields(topic, options=options))
    left = [question.current.options[0], question.current.options[2], {"text": "丁"}]
    again = save_question(question, by=None, **fields(topic, options=left))
    assert [(option["id"], option["text"]) for option in again.current.options] == [
        ("a", "甲"),
        ("c", "丙"),
        ("b", "丁"),
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([{"text": "受理"}, {"text": "拒绝"}], "no_right_option"),
        ([{"text": "受理", "correct": True}, {"text": "拒绝", "correct": True}], "several_right_options"),
        ([{"text": "受理", "correct": True}, {"text": "  "}], "empty_option"),
        ([{"text": "OK 的", "correct": True}, {"text": "ok的"}], "duplicate_option"),
        ([{"text": "受理", "correct": True}], "number_of_options"),
        ([{"text": str(n), "correct": n == 1} for n in range(11)], "number_of_options"),
        ([], "number_of_options"),
    ],
)
def test_options_that_cannot_be_asked_are_refused(topic, options, code):
    assert refused(topic, options=options) == ("options", code)


def test_multiple_choice_takes_several_right_options(topic):
    options = [{"text": "受理", "correct": True}, {"text": "安抚", "correct": True}, {"text": "拒绝"}]
    saved = save_question(None, by=None, **fields(topic, kind="multiple", options=options))
    assert right_ids(saved.current.content) == [
        "a",
        "b",
    ]


def test_true_or_false_keeps_the_answer_and_needs_one(topic):
    assert refused(topic, kind="true_false", options=[]) == ("options", "no_right_option")
    question = save_question(None, by=None, **fields(topic, kind="true_false", content=truth(answer=False)))
    assert right_ids(question.current.content) == ["false"]


def test_an_empty_question_is_refused(topic):
    assert refused(topic, stem=" \n") == ("stem", "empty")


def test_a_code_that_another_question_has_is_refused(topic):
    QuestionFactory(topic=topic, code="pr-1")
    with pytest.raises(Refused) as refusal:
        save_question(None, by=None, **fields(topic, code="pr-1"))
    assert (refusal.value.field, Question.objects.count()) == ("code", 1)


def test_a_form_sent_twice_makes_one_question(topic):
    save_question(None, by=None, **fields(topic))
    with pytest.raises(Refused) as refusal:
        save_question(None, by=None, **fields(topic))
    assert (refusal.value.field, refusal.value.code, Question.objects.count()) == ("stem", "duplicate", 1)


def test_the_kind_stays(topic):
    question = save_question(None, by=None, **fields(topic))
    with pytest.raises(Refused) as refusal:
        save_question(question, by=None, **fields(topic, kind="multiple"))
    assert refusal.value.field == "kind"


def test_a_question_in_a_quiz_is_not_retired(topic):
    question = QuestionFactory(topic=topic)
    put(QuizFactory(unit=UnitFactory(kind="quiz", title="退货测验")), question)
    with pytest.raises(Refused, match="退货测验"):
        retire_question(question)
    assert Question.objects.in_use().get() == question


def test_retire_and_restore_twice_are_harmless(topic):
    question = QuestionFactory(topic=topic)
    retire_question(question)
    when = Question.objects.get().retired_at
    retire_question(question)
    assert Question.objects.get().retired_at == when
    for _again in range(2):
        set_status(question, "ready")
    assert Question.objects.in_use().get() == question
