import pytest

from assessments.bank.categories import change_category, create_category, delete_category, shift_category
from assessments.models import Category, QuizQuestion
from tests.factories.assessments import CategoryFactory, QuestionFactory, QuizFactory
from tests.factories.courses import TopicFactory, UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def titles(topic):
    return list(Category.objects.filter(topic=topic).order_by("position", "pk").values_list("title", flat=True))


def test_a_category_is_the_last_of_its_place(topic):
    top = create_category(topic, title="  期限 ")
    create_category(topic, title="例外")
    below = create_category(topic, title="七天", parent=top)
    assert titles(topic) == ["期限", "七天", "例外"]
    assert (below.parent, below.position) == (top, 1)


def test_a_title_stands_once_at_its_place(topic):
    top = create_category(topic, title="期限")
    assert refused(create_category, topic, title="期限 ") == "title_taken"
    create_category(topic, title="期限", parent=top)
    assert refused(create_category, topic, title=" ") == "empty"


def test_there_are_three_levels(topic):
    one = create_category(topic, title="一")
    two = create_category(topic, title="二", parent=one)
    three = create_category(topic, title="三", parent=two)
    assert refused(create_category, topic, title="四", parent=three) == "too_deep"
    other = create_category(topic, title="另一")
    assert refused(change_category, one, topic=topic, title="一", parent=other) == "too_deep"
    assert Category.objects.get(pk=one.pk).parent is None


def test_a_category_cannot_stand_within_itself(topic):
    one = create_category(topic, title="一")
    two = create_category(topic, title="二", parent=one)
    assert refused(change_category, one, topic=topic, title="一", parent=two) == "within_itself"
    assert refused(change_category, one, topic=topic, title="一", parent=one) == "within_itself"


def test_a_place_in_another_topic_is_refused(topic):
    foreign = CategoryFactory(topic=TopicFactory())
    assert refused(create_category, topic, title="一", parent=foreign) == "other_topic"


def test_questions_go_with_their_category_to_another_topic(topic):
    other = TopicFactory()
    top = create_category(topic, title="期限")
    below = create_category(topic, title="七天", parent=top)
    question = QuestionFactory(topic=topic, category=below)
    change_category(top, topic=other, title="时限")
    question.refresh_from_db()
    assert (question.topic, question.category.parent.title, question.category.topic) == (other, "时限", other)


def test_categories_change_places_with_their_sisters_only(topic):
    first, _second = create_category(topic, title="一"), create_category(topic, title="二")
    create_category(topic, title="里", parent=first)
    tops = lambda: list(Category.objects.filter(parent=None).values_list("title", flat=True))  # noqa: E731 - asked twice
    shift_category(first, 1)
    assert tops() == ["二", "一"]
    shift_category(first, 1)
    shift_category(first, -1)
    shift_category(first, -1)
    assert tops() == ["一", "二"]


def test_what_was_in_a_deleted_category_goes_up(topic):
    top = create_category(topic, title="期限")
    below = create_category(topic, title="七天", parent=top)
    question = QuestionFactory(topic=topic, category=below)
    assert refused(delete_category, top) == "categories_within"
    assert delete_category(below) == 1
    question.refresh_from_db()
    assert question.category == top
    assert delete_category(top) == 1
    question.refresh_from_db()
    assert (question.category, Category.objects.count()) == (None, 0)


def test_a_category_that_a_quiz_draws_from_stays(topic):
    category = create_category(topic, title="期限")
    quiz = QuizFactory(unit=UnitFactory(kind="quiz", title="抽题测验"))
    QuizQuestion.objects.create(quiz=quiz, pool={"category": category.pk}, draw=3)
    with pytest.raises(Refused, match="抽题测验"):
        delete_category(category)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_shows_the_trees_with_their_numbers(hr, topic, rows, django_assert_max_num_queries):
    for number in range(rows):
        top = CategoryFactory(topic=topic, title=f"类{number}")
        QuestionFactory(topic=topic, category=CategoryFactory(topic=topic, parent=top, title="里"))
    with django_assert_max_num_queries(5):
        page = hr.get("/questions/categories/")
    assert [shelf for shelf, _nodes in page.context["shelves"]] == [topic]  # none that has no category
    (shown,) = [nodes for shelf, nodes in page.context["shelves"] if shelf == topic]
    assert [(node.category.title, node.own, node.questions) for node in shown[0].walk()] == [
        ("类0", 0, 1),
        ("里", 1, 1),
    ]


def test_a_category_is_made_renamed_moved_and_deleted_by_page(hr, topic):
    hr.post("/questions/categories/new/", {"topic": topic.pk, "title": "期限"})
    top = Category.objects.get()
    hr.post("/questions/categories/new/", {"topic": topic.pk, "parent": top.pk, "title": "七天"})
    below = Category.objects.get(parent=top)
    assert hr.get(f"/questions/categories/{below.pk}/").context["form"]["parent"].value() == top.pk
    hr.post(f"/questions/categories/{below.pk}/", {"topic": topic.pk, "title": "七日"})
    below.refresh_from_db()
    assert (below.title, below.parent) == ("七日", None)
    hr.post(f"/questions/categories/{below.pk}/move/", {"step": "up"})
    hr.post(f"/questions/categories/{below.pk}/delete/")
    assert list(Category.objects.all()) == [top]


def test_what_is_wrong_is_said_at_the_field(hr, topic):
    CategoryFactory(topic=topic, title="期限")
    page = hr.post("/questions/categories/new/", {"topic": topic.pk, "title": "期限", "parent": "x' or 1"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["parent"])
    page = hr.post("/questions/categories/new/", {"topic": topic.pk, "title": "期限"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["title"])


def test_the_bank_finds_what_is_within_a_category(hr, topic):
    top = CategoryFactory(topic=topic)
    QuestionFactory(topic=topic, code="in", category=CategoryFactory(topic=topic, parent=top))
    QuestionFactory(topic=topic, code="out")
    page = hr.get("/questions/", {"category": top.pk})
    assert [question.code for question in page.context["page"]] == ["in"]
