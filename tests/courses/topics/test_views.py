import pytest

from courses.models import Topic
from courses.topics.actions import create_topic
from tests.factories.courses import CourseFactory, TopicFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR, locale="en"))


def said(response):
    return [str(message) for message in response.context["messages"]]


class TestTree:
    def test_counts_courses_with_those_below(self, hr):
        tools = create_topic(title="工具")
        below = create_topic(title="工单", parent=tools)
        for topic, status in ((tools, "draft"), (below, "published"), (below, "retired")):
            CourseFactory(topic=topic, status=status)

        (node,) = hr.get("/topics/tree/").context["nodes"]

        assert [(each.topic.title, each.courses) for each in node.walk()] == [("工具", 2), ("工单", 1)]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(self, hr, rows, django_assert_max_num_queries):
        TopicFactory.create_batch(rows)

        with django_assert_max_num_queries(5):
            assert len(hr.get("/topics/tree/").context["nodes"]) == rows

    def test_empty_one_takes_the_ready_topics_with_one_button(self, hr):
        assert "/topics/ready/" in hr.get("/topics/tree/").content.decode()

        answer = hr.post("/topics/ready/", follow=True)

        assert (Topic.objects.filter(parent=None).count(), answer.status_code) == (14, 200)


class TestForm:
    def test_makes_a_topic_with_its_texts(self, hr):
        parent = TopicFactory()
        data = {"title": "差评", "parent": parent.pk, "summary": "回复", "title_en": "Bad reviews"}

        assert hr.post("/topics/new/", data).status_code == 302
        made = Topic.objects.get(title="差评")
        assert (made.parent, made.summary, made.translations) == (parent, "回复", {"en": {"title": "Bad reviews"}})

    def test_proposes_the_topic_it_was_opened_for(self, hr):
        parent = TopicFactory()

        form = hr.get(f"/topics/new/?parent={parent.pk}").context["form"]

        assert str(form["parent"].value()) == str(parent.pk)

    def test_does_not_offer_what_is_below_it(self, hr):
        top = create_topic(title="a")
        create_topic(title="b", parent=top)

        form = hr.get(f"/topics/{top.pk}/edit/").context["form"]

        assert list(form.fields["parent"].queryset) == []

    def test_refusal_stands_at_its_field(self, hr):
        TopicFactory(title="工具")

        answer = hr.post("/topics/new/", {"title": "工具"})

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["title"]

    @pytest.mark.parametrize("parent", ["999999", "x", "1' or 1=1"])
    def test_parent_that_is_none_is_refused(self, hr, parent):
        assert hr.post("/topics/new/", {"title": "x", "parent": parent}).status_code == 422


class TestPlace:
    def test_key_moves_it_and_says_so(self, hr):
        first, second = create_topic(title="a"), create_topic(title="b")

        answer = hr.post(f"/topics/{second.pk}/place/", {"step": "up"}, headers=HTMX)

        assert [node.topic for node in answer.context["nodes"]] == [second, first]
        assert answer.context["said"] == "“b” is moved."

    def test_drop_moves_it_to_another_level(self, hr):
        first, second = create_topic(title="a"), create_topic(title="b")

        hr.post(f"/topics/{second.pk}/place/", {"parent": first.pk, "before": ""}, headers=HTMX)

        second.refresh_from_db()
        assert second.parent == first

    def test_refused_drop_shows_the_tree_as_it_was(self, hr):
        first = create_topic(title="a")
        second = create_topic(title="b", parent=first)

        answer = hr.post(f"/topics/{first.pk}/place/", {"parent": second.pk}, headers=HTMX)

        assert answer.context["refusal"] == "“a” cannot stand below itself."
        assert [node.topic for node in answer.context["nodes"]] == [first]

    def test_without_a_script_the_page_comes_again(self, hr):
        assert hr.post(f"/topics/{TopicFactory().pk}/place/", {"step": "up"}).headers["Location"] == "/topics/tree/"


def test_retire_and_restore_lead_back_with_a_word(hr):
    topic = TopicFactory(title="旧题")

    assert said(hr.post(f"/topics/{topic.pk}/retire/", follow=True)) == ["“旧题” is retired."]
    assert said(hr.post(f"/topics/{topic.pk}/restore/", follow=True)) == ["“旧题” is in use again."]


def test_refused_retirement_says_why(hr):
    course = CourseFactory(topic__title="售后", title="七天退货")

    (text,) = said(hr.post(f"/topics/{course.topic_id}/retire/", follow=True))

    assert "七天退货" in text


def test_courses_are_filtered_with_those_of_topics_below(hr):
    top = create_topic(title="a")
    below = create_topic(title="b", parent=top)
    for topic in (top, below, create_topic(title="c")):
        CourseFactory(topic=topic, title=topic.title)

    page = hr.get(f"/courses/?topic={top.pk}&sort=title").context["page"]

    assert [course.title for course in page] == ["a", "b"]
