import pytest

from assessments.bank.tags import remove_tag, rename_tag
from assessments.models import Question, QuizQuestion
from assessments.questions.tags import split, tidy
from tests.factories.assessments import QuestionFactory, QuizFactory
from tests.factories.courses import UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


def tags():
    return dict(Question.objects.order_by("code").values_list("code", "tags"))


@pytest.fixture
def tagged(topic):
    QuestionFactory(topic=topic, code="a", tags=["退货", "大促"])
    QuestionFactory(topic=topic, code="b", tags=["退换货", "退货"])
    QuestionFactory(topic=topic, code="c", tags=["大促"])


def test_tags_are_tidied():
    assert tidy(split(" 退货，大促 、ＶＩＰ;vip；  a  b ,")) == ["退货", "大促", "VIP", "a b"]
    with pytest.raises(Refused, match="40"):
        tidy(["长" * 41])
    with pytest.raises(Refused, match="20"):
        tidy(f"t{n}" for n in range(21))


def test_a_tag_is_renamed_in_every_question(tagged):
    assert rename_tag("大促", "双十一") == 2
    assert tags() == {"a": ["退货", "双十一"], "b": ["退换货", "退货"], "c": ["双十一"]}
    assert rename_tag("大促", "双十一") == 0


def test_two_tags_become_one(tagged):
    assert rename_tag("退货", "退换货") == 2
    assert tags() == {"a": ["退换货", "大促"], "b": ["退换货"], "c": ["大促"]}


def test_draws_follow_the_new_name(tagged):
    slot = QuizQuestion.objects.create(
        quiz=QuizFactory(unit=UnitFactory(kind="quiz", title="抽题测验")), pool={"tags": ["大促", "退货"]}, draw=1
    )
    rename_tag("退货", "退换货")
    slot.refresh_from_db()
    assert slot.pool == {"tags": ["大促", "退换货"]}
    with pytest.raises(Refused, match="抽题测验"):
        remove_tag("大促")


def test_a_tag_is_taken_off(tagged):
    assert remove_tag("大促") == 2
    assert tags() == {"a": ["退货"], "b": ["退换货", "退货"], "c": []}


def test_the_page_counts_renames_and_removes(hr, tagged, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = hr.get("/questions/tags/")
    assert sorted(page.context["tags"]) == [("大促", 2, 2), ("退换货", 1, 1), ("退货", 2, 2)]
    hr.post("/questions/tags/change/", {"tag": "大促", "to": "双十一"})
    hr.post("/questions/tags/change/", {"tag": "退货", "to": "退货", "remove": "1"})
    assert tags() == {"a": ["双十一"], "b": ["退换货"], "c": ["双十一"]}
    said = hr.post("/questions/tags/change/", {"tag": "双十一", "to": " "}, follow=True)
    assert [message.level_tag for message in said.context["messages"]][-1] == "error"


def test_the_bank_finds_what_has_every_tag(hr, tagged):
    found = lambda tags: [q.code for q in hr.get("/questions/", {"tags": tags}).context["page"]]  # noqa: E731 - short
    assert (found("退货"), found("退货，大促"), found("没有")) == (["a", "b"], ["a"], [])
