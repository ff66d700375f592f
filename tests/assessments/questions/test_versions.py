"""Versions and what changed between them, other languages, a try, the status."""

import pytest
from django.utils import translation

from assessments.attempts.models import Response
from assessments.models import Question, QuestionVersion
from assessments.questions.actions import save_question, set_status
from assessments.questions.differences import changes, pieces
from assessments.questions.translating import translate
from assessments.questions.wording import originals, outdated, worded_in
from tests.factories.assessments import CategoryFactory, QuestionFactory, QuizFactory, put
from tests.factories.courses import TopicFactory, UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return TopicFactory(slug="returns", title="退换货")


@pytest.fixture
def question(topic):
    return QuestionFactory(topic=topic, code="q-1", stem="签收 7 天内可以退货吗？", texts=("可以", "不可以"))


@pytest.fixture
def author(hire):
    return hire(Role.HR, name="王敏")


@pytest.fixture
def hr(author, as_):
    return as_(author)


def marked(found):
    signs = {"same": "{}", "gone": "-{}-", "new": "+{}+"}
    return "".join(signs[piece.kind].format(piece.text) for piece in found)


def rewritten(question, by=None, **changed):
    now = question.current
    fields = {
        "topic": question.topic,
        "code": question.code,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "stem": now.stem,
        "content": now.content,
        "explanation": now.explanation,
    }
    return save_question(question, by=by, **fields | changed)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("签收7天内", "签收15天内", "签收-7-+15+天内"),
        ("可以退货", "不可以退货", "+不+可以退货"),
        ("plain words", "plain word", "plain -words-+word+"),
        ("", "新", "+新+"),
    ],
)
def test_numbers_and_words_are_compared_as_wholes(old, new, shown):
    assert marked(pieces(old, new)) == shown


def test_what_changed_is_named_part_by_part(question):
    first = question.current
    options = [{"id": "b", "text": "不可以", "correct": True}, {"id": "a", "text": "可以，", "correct": False}]
    content = {"options": [*options, {"text": "看情况"}]}
    second = rewritten(question, content=content, stem="签收 15 天内可以退货吗？", note="平台规则改了").current
    with translation.override("en"):
        found = [(change.where, marked(change.pieces)) for change in changes(first, second)]
    assert found == [
        ("question", "签收 -7-+15+ 天内可以退货吗？"),
        ("Option 1 · right", "-no-+yes+"),
        ("Option 2", "可以+，+"),
        ("Option 2 · right", "-yes-+no+"),
        ("Option 3", "+看情况+"),
        ("Option 3 · right", "+no+"),
        ("Option · order", "+b +a-b-+c+"),
    ] or found[:6] == [
        ("question", "签收 -7-+15+ 天内可以退货吗？"),
        ("Option 1 · right", "-no-+yes+"),
        ("Option 2", "可以+，+"),
        ("Option 2 · right", "-yes-+no+"),
        ("Option 3", "+看情况+"),
        ("Option 3 · right", "+no+"),
    ]
    assert second.note == "平台规则改了"


def test_the_page_compares_any_two(hr, question, author):
    rewritten(question, by=author, stem="第二")
    rewritten(Question.objects.get(), by=author, stem="第三")
    page = hr.get(f"/questions/{question.pk}/versions/")
    assert [(page.context[name].number) for name in ("old", "new")] == [2, 3]
    page = hr.get(f"/questions/{question.pk}/versions/?old=1&new=3")
    assert [marked(change.pieces) for change in page.context["changes"]] == ["-签收 7 天内可以退货吗？-+第三+"]
    assert hr.get(f"/questions/{question.pk}/versions/?old=x&new=99").status_code == 200


def test_a_translation_is_part_of_a_new_version(question, author):
    texts = {"stem": "Within 7 days?", "texts.options.a": "Yes", "texts.options.z": "gone", "explanation": "  "}
    again = translate(question, "en", texts, by=author)
    kept = {"en": {"stem": "Within 7 days?", "texts": {"options.a": "Yes"}}}
    assert (again.current.number, again.current.translations, again.current.author) == (2, kept, author)
    translate(question, "en", texts, by=author)
    assert QuestionVersion.objects.count() == 2
    translate(question, "en", {}, by=author)
    assert Question.objects.get().current.translations == {}


def test_what_is_not_translated_falls_back(question):
    version = translate(question, "en", {"texts.options.a": "Yes"}, by=None).current
    shown = worded_in(version, "single", "en")
    assert (shown.stem, [row["text"] for row in shown.content["options"]]) == (version.stem, ["Yes", "不可以"])
    assert worded_in(version, "single", "zh-hant").content == version.content


@pytest.mark.parametrize("language", ["zh-hans", "xx"])
def test_only_other_languages_of_ours_are_taken(question, language):
    with pytest.raises(Refused):
        translate(question, language, {"stem": "x"}, by=None)


def test_a_translation_is_said_to_be_out_of_date(question):
    translate(question, "en", {"stem": "Within 7 days?"}, by=None)
    assert not outdated(Question.objects.get(), "en")
    rewritten(Question.objects.get(), stem="签收 15 天内可以退货吗？")
    assert outdated(Question.objects.get(), "en")
    translate(Question.objects.get(), "en", {"stem": "Within 15 days?"}, by=None)
    assert not outdated(Question.objects.get(), "en")


def test_the_translation_page_stands_beside_the_original(hr, question):
    page = hr.get(f"/questions/{question.pk}/in/zh-hant/?fill")
    shown = {field.name: (text, field.value()) for text, field in page.context["form"].pairs()}
    assert shown["texts.options.b"] == ("不可以", "不可以")
    assert list(shown) == list(originals(question.current, "single"))
    hr.post(f"/questions/{question.pk}/in/en/", {"stem": "Within 7 days?", "texts.options.a": "Yes"})
    assert Question.objects.get().current.translations["en"]["texts"] == {"options.a": "Yes"}
    assert hr.get(f"/questions/{question.pk}/in/zh-hans/").status_code == 404
    refused = hr.post(f"/questions/{question.pk}/in/en/", {"stem": "<script>x</script>"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["stem"])


def test_feedback_has_the_number_of_the_option_it_belongs_to(hr):
    told = [{"id": key, "text": text, "correct": key == "a"} for key, text in zip("abc", "甲乙丙", strict=True)]
    options = [*told[:2], told[2] | {"feedback": "?"}]
    question = QuestionFactory(topic=TopicFactory(), content={"options": options})
    page = hr.get(f"/questions/{question.pk}/in/en/")
    labels = [str(field.label) for _text, field in page.context["form"].pairs()]
    assert [label.split()[-1] for label in labels[2:]] == ["1", "2", "3", "3"]


def test_a_try_asks_without_telling_and_then_tells(hr, question):
    page = hr.get(f"/questions/{question.pk}/try/")
    assert "correct" not in str(page.context["parts"])
    answered = hr.post(f"/questions/{question.pk}/try/", {"seed": page.context["seed"], "q-1": "a"})
    assert (answered.context["percent"], answered.context["told"]) == (100, True)
    answered = hr.post(f"/questions/{question.pk}/try/", {"seed": "7", "answer": '["b"]'})
    assert answered.context["percent"] == 0
    assert hr.post(f"/questions/{question.pk}/try/", {"answer": "["}).context["nothing"]
    assert hr.post(f"/questions/{question.pk}/try/", {"answer": '["z"]', "seed": "²"}).context["refusal"]
    assert Response.objects.count() == 0


def test_a_try_speaks_another_language(hr, question):
    translate(question, "en", {"stem": "Within 7 days?"}, by=None)
    assert "Within 7 days?" in hr.get(f"/questions/{question.pk}/try/", {"language": "en"}).content.decode()


def test_a_draft_becomes_ready_and_a_used_one_stays_so(question):
    assert set_status(question, "draft").status == "draft"
    assert not Question.objects.in_use().exists()
    set_status(question, "ready")
    put(QuizFactory(unit=UnitFactory(kind="quiz")), question)
    for status in ("draft", "retired"):
        with pytest.raises(Refused):
            set_status(question, status)
    set_status(question, "ready")


def test_a_quiz_of_a_former_version_holds_nothing_back(question):
    put(QuizFactory(unit=UnitFactory(kind="quiz", removed_in=2, course__version=2)), question)
    assert set_status(question, "retired").retired_at is not None


def test_a_category_of_another_topic_is_refused_and_a_move_leaves_the_shelf(question, topic):
    other = TopicFactory()
    with pytest.raises(Refused) as refusal:
        rewritten(question, category=CategoryFactory(topic=other))
    assert refusal.value.field == "category"
    shelved = rewritten(question, category=CategoryFactory(topic=topic))
    assert shelved.category is not None
    assert rewritten(shelved, topic=other).category is None


@pytest.mark.parametrize(
    ("field", "text"),
    [("stem", "<script>x</script>"), ("explanation", "![图](media:0123456789ab)"), ("stem", "[x](javascript:1)")],
)
def test_unsafe_texts_are_refused(question, field, text):
    with pytest.raises(Refused) as refusal:
        rewritten(question, **{field: text})
    assert (refusal.value.field, refusal.value.code) == (field, "markdown")


def test_markdown_is_shown_and_a_list_has_words_alone(hr, topic):
    question = QuestionFactory(topic=topic, stem="**客户**说：\n\n- 退货\n- 换货")
    assert "<strong>客户</strong>" in hr.get(f"/questions/{question.pk}/").content.decode()
    assert "客户说： 退货 换货" in hr.get("/questions/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_question_takes_eight_queries(hr, question, author, rows, django_assert_max_num_queries):
    for number in range(2, rows + 2):
        version = QuestionVersion.objects.create(
            question=question, number=number, stem=f"第{number}版", content=question.current.content, author=author
        )
    Question.objects.update(current=version)
    with django_assert_max_num_queries(8):
        hr.get(f"/questions/{question.pk}/")
    with django_assert_max_num_queries(5):
        hr.get(f"/questions/{question.pk}/versions/")
