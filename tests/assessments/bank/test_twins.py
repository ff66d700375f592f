import time
from random import Random

import pytest

from assessments.bank.bulk import change_many
from assessments.bank.merging import merge, say_unlike
from assessments.bank.similar import LEAST, USUAL, normalised, similar, twins
from assessments.models import Question, QuizQuestion, Unlike
from assessments.questions.actions import set_status
from assessments.questions.exports import entries_of
from assessments.questions.imports import import_questions
from assessments.quizzes.actions import copy_quiz
from courses.models import Unit
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
STEM = "客户签收第六天申请退货，商品完好，客服应当怎样回复？"


@pytest.fixture
def pair(topic):
    one = QuestionFactory(topic=topic, code="a", stem=STEM)
    other = QuestionFactory(topic=topic, code="b", stem=f"{STEM[:-1]}客户?")
    QuestionFactory(topic=topic, code="c", stem="哪些信息不能写进工单？", texts=("地址", "身份证号码", "昵称", "单号"))
    return one, other


def asked(quiz):
    return list(quiz.items.order_by("position").values_list("question__code", flat=True))


def test_width_case_blanks_and_marks_do_not_matter():
    assert normalised("“ＶＩＰ” 客户，7 天！") == "vip客户7天"


def test_the_share_of_common_pieces():
    found = similar({1: "七天无理由退货", 2: "七天无理由退货！", 3: "七天无理由换货", 4: "", 5: "七天"}, 0.4)
    assert [(pair.one, pair.other, round(pair.share, 2)) for pair in found] == [
        (1, 2, 1.0),
        (1, 3, 0.43),
        (2, 3, 0.43),
    ]


def test_alike_questions_are_found_and_their_options_count(pair, topic):
    found = twins()
    assert [(each.one, each.other) for each in found] == [(pair[0].pk, pair[1].pk)]
    same_stem = QuestionFactory(topic=topic, stem=STEM, texts=("先核对订单编号", "请客户自己联系快递", "直接关闭会话"))
    assert same_stem.pk not in {pk for each in twins(0.95) for pk in (each.one, each.other)}


def test_retired_ones_and_those_said_to_differ_are_left_out(pair, author):
    say_unlike(pair[1], pair[0], by=author)
    say_unlike(pair[0], pair[1], by=author)
    assert (twins(), Unlike.objects.count()) == ([], 1)
    assert [(each.one, each.other) for each in twins(judged=True)] == [(pair[0].pk, pair[1].pk)]
    Unlike.objects.all().delete()
    Question.objects.filter(pk=pair[0].pk).update(status="retired")
    assert twins() == []


def test_a_question_worded_anew_is_found_without_asking_for_more(topic, author):
    texts = ("可以退", "不可以退", "要看品类", "转交主管")
    one = QuestionFactory(topic=topic, stem="以下哪些商品不适用七天无理由退货？", texts=texts)
    other = QuestionFactory(topic=topic, stem="下列哪类商品不支持七天无理由退货？", texts=texts)
    QuestionFactory(topic=topic, stem="客户连续发来三条语音，第一步做什么？", texts=("先听完", "回复在忙", "转给同事"))
    (found,) = twins()
    assert ((found.one, found.other), USUAL <= found.share < 0.7) == ((one.pk, other.pk), True)


def test_five_thousand_are_compared_in_seconds():
    chance = Random(4)
    words = ["".join(chr(chance.randrange(0x4E00, 0x5E00)) for _each in range(2)) for _word in range(600)]
    texts = {n: "".join(chance.choices(words, k=40)) for n in range(5_000)}
    texts |= {5_000 + n: texts[n] + "吗" for n in range(200)}
    began = time.process_time()
    found = similar(texts, LEAST)
    assert time.process_time() - began < 10
    assert [(pair.one, pair.other) for pair in found] == [(n, 5_000 + n) for n in range(200)]


def test_merging_retires_one_and_points_drafts_to_the_other(pair, topic):
    keep, drop = pair
    drafts = [QuizFactory(unit=UnitFactory(kind="quiz", course=CourseFactory(draft=True))) for _ in range(2)]
    put(drafts[0], drop)
    put(drafts[1], drop, keep)
    live = put(QuizFactory(unit=UnitFactory(kind="quiz", title="在用测验")), drop)
    done = merge(keep, drop)
    drop.refresh_from_db()
    assert (drop.status, drop.replaced_by, done.changed, done.still) == ("retired", keep, 2, ["在用测验"])
    assert [asked(quiz) for quiz in (*drafts, live)] == [["a"], ["a"], ["b"]]
    assert merge(keep, drop).changed == 0


def test_the_next_version_of_a_quiz_asks_the_one_that_was_kept(pair):
    keep, drop = pair
    live = put(QuizFactory(unit=UnitFactory(kind="quiz")), drop)
    merge(keep, drop)
    new = UnitFactory(kind="quiz", course=live.unit.course, slug="quiz-2")
    copy_quiz(live.unit, new)
    assert asked(Unit.objects.get(pk=new.pk).quiz) == ["a"]


@pytest.mark.parametrize("door", ["one", "many", "file"])
def test_what_is_taken_out_of_retirement_is_asked_itself_again(pair, author, door):
    keep, drop = pair
    live = put(QuizFactory(unit=UnitFactory(kind="quiz")), drop)
    merge(keep, drop)
    if door == "one":
        set_status(drop, "ready")
    elif door == "many":
        change_many([drop.pk], {"status": "ready"}, by=author, at=NOON)
    else:
        (entry,) = entries_of(Question.objects.filter(pk=drop.pk))
        assert import_questions(drop.topic, [{**entry, "status": "ready"}]) == []
    drop.refresh_from_db()
    assert (drop.status, drop.retired_at, drop.replaced_by) == ("ready", None, None)
    copy_quiz(live.unit, new := UnitFactory(kind="quiz", course=live.unit.course, slug="quiz-2"))
    assert asked(Unit.objects.get(pk=new.pk).quiz) == ["b"]


def test_only_a_retired_question_makes_way(pair):
    keep, drop = pair
    live = put(QuizFactory(unit=UnitFactory(kind="quiz")), drop)
    Question.objects.filter(pk=drop.pk).update(replaced_by=keep)
    copy_quiz(live.unit, new := UnitFactory(kind="quiz", course=live.unit.course, slug="quiz-2"))
    assert asked(Unit.objects.get(pk=new.pk).quiz) == ["b"]


def test_what_is_not_ready_takes_no_place(pair):
    keep, drop = pair
    Question.objects.filter(pk=keep.pk).update(status="draft")
    for one, other in ((keep, drop), (drop, drop)):
        with pytest.raises(Refused):
            merge(one, other)
    assert not QuizQuestion.objects.exists()
    assert Question.objects.filter(status="retired").count() == 0


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_shows_pairs_in_few_queries(hr, topic, rows, django_assert_max_num_queries):
    for number in range(rows):
        for _twice in range(2):
            QuestionFactory(topic=topic, stem=f"第{number}{number}{number}种情形下怎样处理{number * 7919}号订单？")
    with django_assert_max_num_queries(6):
        page = hr.get("/questions/duplicates/", {"from": "95"})
    assert page.context["page"].paginator.count >= rows


def test_two_stand_side_by_side_with_what_differs(hr, pair):
    page = hr.get(f"/questions/duplicates/{pair[0].pk}/{pair[1].pk}/")
    assert [change.where for change in page.context["changes"]] == ["题干"]
    assert hr.get(f"/questions/duplicates/{pair[0].pk}/{pair[0].pk}/").status_code == 404
    assert hr.get(f"/questions/duplicates/{pair[0].pk}/99999/").status_code == 404


def test_one_is_kept_or_both_by_page(hr, pair):
    way = f"/questions/duplicates/{pair[0].pk}/{pair[1].pk}"
    hr.post(f"{way}/unlike/")
    assert Unlike.objects.count() == 1
    hr.post(f"{way}/unlike/", {"forget": "1"})
    assert Unlike.objects.count() == 0
    hr.post(f"{way}/merge/", {"keep": pair[1].pk})
    assert Question.objects.get(status="retired").replaced_by == pair[1]
    said = hr.post(f"{way}/merge/", {"keep": pair[0].pk}, follow=True)
    assert [message.level_tag for message in said.context["messages"]][-1] == "error"
    assert hr.get("/questions/duplicates/", {"from": "²³"}).status_code == 200
