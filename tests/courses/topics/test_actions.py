import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from courses.models import Topic
from courses.topics.actions import (
    change_topic,
    create_topic,
    place_topic,
    restore_topic,
    retire_topic,
    shift_topic,
)
from courses.topics.ready import load_ready_topics
from courses.topics.tree import nested
from tests.factories.courses import CourseFactory, TopicFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def shown(nodes=None):
    """The tree as nested lists of titles."""
    nodes = nested(Topic.objects.in_use()) if nodes is None else nodes
    return [[node.topic.title, *shown(node.children)] if node.children else node.topic.title for node in nodes]


@pytest.fixture
def tree():
    """a (with b, which has c), d"""
    a = create_topic(title="a")
    b = create_topic(title="b", parent=a)
    return {"a": a, "b": b, "c": create_topic(title="c", parent=b), "d": create_topic(title="d")}


class TestTree:
    def test_is_listed_depth_first_and_new_topics_come_last(self, tree):
        create_topic(title="e", parent=tree["a"])

        assert shown() == [["a", ["b", "c"], "e"], "d"]
        assert [t.title for t in Topic.objects.all()] == ["a", "b", "c", "e", "d"]
        assert [t.depth for t in Topic.objects.all()] == [1, 2, 3, 2, 1]

    def test_below_gives_the_topic_and_everything_below_it(self, tree):
        assert [t.title for t in Topic.objects.below(tree["b"])] == ["b", "c"]

    def test_fourth_level_is_refused(self, tree):
        with pytest.raises(Refused, match="at most 3 levels") as refusal:
            create_topic(title="x", parent=tree["c"])

        assert (refusal.value.field, refusal.value.code) == ("parent", "too_deep")

    def test_move_that_would_push_others_to_a_fourth_level_is_refused(self, tree):
        with pytest.raises(Refused, match="at most 3 levels"):
            change_topic(tree["a"], title="a", parent=tree["d"])

        assert shown() == [["a", ["b", "c"]], "d"]

    @pytest.mark.parametrize("below", ["a", "b", "c"])
    def test_topic_below_itself_is_refused(self, tree, below):
        with pytest.raises(Refused, match="cannot stand below itself") as refusal:
            change_topic(tree["a"], title="a", parent=tree[below])

        assert refusal.value.code == "topic_below_itself"
        assert shown() == [["a", ["b", "c"]], "d"]

    def test_database_refuses_a_loop_too(self, tree):
        with pytest.raises(IntegrityError, match="own ancestor"), transaction.atomic():
            Topic.objects.filter(pk=tree["a"].pk).update(parent=tree["c"])

    def test_database_refuses_a_fourth_level_too(self, tree):
        with pytest.raises(IntegrityError, match="three_levels"), transaction.atomic():
            Topic.objects.filter(pk=tree["a"].pk).update(parent=tree["d"])


class TestCreate:
    def test_slug_is_made_from_the_title(self):
        assert [create_topic(title="数据 分析").slug, create_topic(title="数据·分析").slug] == [
            "shu-ju-fen-xi",
            "shu-ju-fen-xi-2",
        ]

    def test_long_titles_get_slugs_that_fit(self):
        assert {len(create_topic(title="客" * 90 + str(n)).slug) <= 50 for n in range(3)} == {True}

    def test_second_title_at_the_same_place_is_refused_and_elsewhere_taken(self, tree):
        create_topic(title="b")

        with pytest.raises(Refused, match="this title") as refusal:
            create_topic(title="b", parent=tree["a"])

        assert refusal.value.field == "title"

    def test_below_a_retired_topic_is_refused(self, tree):
        retire_topic(tree["d"], at=clock.now())

        with pytest.raises(Refused, match="retired"):
            create_topic(title="x", parent=tree["d"])


class TestMove:
    def test_takes_along_what_is_below(self, tree):
        change_topic(tree["b"], title="b", parent=tree["d"])

        assert shown() == ["a", ["d", ["b", "c"]]]

    def test_change_without_another_parent_keeps_the_place(self, tree):
        change_topic(tree["a"], title="A", summary="neu", parent=None)

        assert shown() == [["A", ["b", "c"]], "d"]

    def test_shift_moves_among_sisters_and_stops_at_the_ends(self, tree):
        for step, expected in ((1, "da"), (1, "da"), (-1, "ad"), (-1, "ad")):
            shift_topic(Topic.objects.get(pk=tree["a"].pk), step)
            assert "".join(t.title for t in Topic.objects.filter(parent=None)) == expected

    def test_shift_passes_over_retired_topics(self, tree):
        e = create_topic(title="e")
        retire_topic(tree["d"], at=clock.now())

        shift_topic(e, -1)

        assert shown() == ["e", ["a", ["b", "c"]]]

    def test_drop_puts_it_before_another_or_at_the_end(self, tree):
        place_topic(tree["d"], parent=tree["a"], before=tree["b"])
        assert shown() == [["a", "d", ["b", "c"]]]

        place_topic(tree["d"], parent=tree["a"])
        assert shown() == [["a", ["b", "c"], "d"]]

    def test_drop_to_a_place_with_the_same_title_is_refused(self, tree):
        create_topic(title="d", parent=tree["a"])

        with pytest.raises(Refused, match="this title"):
            place_topic(tree["d"], parent=tree["a"])


class TestRetire:
    def test_repeat_keeps_the_first_moment(self, tree):
        first = clock.now()
        retire_topic(tree["d"], at=first)

        assert retire_topic(tree["d"], at=clock.now()).retired_at == first

    def test_is_refused_while_topics_below_are_in_use(self, tree):
        with pytest.raises(Refused, match="in use below it: b") as refusal:
            retire_topic(tree["a"], at=clock.now())

        assert refusal.value.code == "topics_below"

    def test_is_refused_while_it_has_courses(self, tree):
        CourseFactory(topic=tree["d"], title="七天退货", draft=True)

        with pytest.raises(Refused, match="七天退货") as refusal:
            retire_topic(tree["d"], at=clock.now())

        assert refusal.value.code == "courses_of_topic"

    def test_retired_courses_do_not_matter(self, tree):
        CourseFactory(topic=tree["d"], status="retired")

        assert retire_topic(tree["d"], at=clock.now()).retired_at

    def test_restored_topic_is_in_use_at_its_place(self, tree):
        retire_topic(tree["c"], at=clock.now())
        restore_topic(tree["c"])
        restore_topic(tree["c"])

        assert shown() == [["a", ["b", "c"]], "d"]

    def test_restoring_below_a_retired_topic_is_refused(self, tree):
        for name in "cb":
            retire_topic(tree[name], at=clock.now())

        with pytest.raises(Refused, match="above it, “b”"):
            restore_topic(tree["c"])


class TestReady:
    def test_has_the_five_modules_and_nine_more(self):
        made = load_ready_topics()

        assert (made, Topic.objects.filter(parent=None).count()) == (Topic.objects.count(), 14)

    def test_repeat_adds_none(self):
        load_ready_topics()

        assert load_ready_topics() == 0

    def test_what_is_there_stays_as_it_is(self):
        TopicFactory(slug="tools", title="我们的系统")
        load_ready_topics()

        assert Topic.objects.get(slug="tools").title == "我们的系统"
