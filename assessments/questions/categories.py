"""The categories of the bank as trees, one a topic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from assessments.questions.models import Category
from courses.models import Topic
from courses.topics.fields import STEP

MOST_LEVELS = 3


@dataclass
class Node:
    """A category with those within it; `own` is how many questions it has itself."""

    category: Category
    depth: int = 1
    own: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def questions(self) -> int:
        """How many questions it has, with those of the categories within it."""
        return self.own + sum(child.questions for child in self.children)

    @property
    def height(self) -> int:
        return 1 + max((child.height for child in self.children), default=0)

    def walk(self) -> Iterator["Node"]:
        """The node and all within it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def trees(categories: Iterable[Category]) -> dict[int, list[Node]]:
    """The trees of these categories, which come in their order, by topic."""
    nodes = {category.pk: Node(category, own=getattr(category, "own", 0)) for category in categories}
    roots: dict[int, list[Node]] = {}
    for node in nodes.values():
        above = nodes.get(node.category.parent_id or 0)
        (above.children if above else roots.setdefault(node.category.topic_id, [])).append(node)
    for node in (each for tops in roots.values() for each in tops):
        _deepen(node, 1)
    return roots


def _deepen(node: Node, depth: int) -> None:
    node.depth = depth
    for child in node.children:
        _deepen(child, depth + 1)


def counted() -> dict[int, list[Node]]:
    """Every tree, with how many questions of each category are not retired."""
    kept = Count("questions", filter=~Q(questions__status="retired"))
    return trees(Category.objects.annotate(own=kept).order_by("position", "pk"))


def within(category: int, path: str = "category") -> Q:
    """Condition: in the category, or in one within it."""
    ways = (path, f"{path}__parent", f"{path}__parent__parent")
    found = Q()
    for way in ways:
        found |= Q(**{way: category})
    return found


def ways() -> dict[int, str]:
    """Each category as it is written outside: "Returns / Exceptions"."""
    titles: dict[int, str] = {}
    for tops in trees(Category.objects.order_by("position", "pk")).values():
        for top in tops:
            _name(top, "", titles)
    return titles


def _name(node: Node, above: str, titles: dict[int, str]) -> None:
    titles[node.category.pk] = f"{above} / {node.category}" if above else str(node.category)
    for child in node.children:
        _name(child, titles[node.category.pk], titles)


def choices(empty: str = "") -> list[tuple[Any, Any]]:
    """The categories for a select, grouped by topic, deeper ones further in."""
    shelves = list(Category.objects.select_related("topic").order_by("topic__path", "position", "pk"))
    topics = {category.topic_id: str(category.topic) for category in shelves}
    roots = trees(shelves)
    return [("", empty), *((title, _options(roots[pk])) for pk, title in topics.items())]


def _options(tops: Iterable[Node], sign: str = "", key: str = "") -> list[tuple[str, str]]:
    nodes = (node for top in tops for node in top.walk())
    return [(f"{key}{node.category.pk}", STEP * (node.depth - 1) + sign + str(node.category)) for node in nodes]


def places() -> list[tuple[str, str]]:
    """Every topic in use with its categories beneath it, for a select that says where to: "t5" or "c12"."""
    roots = trees(Category.objects.order_by("position", "pk"))
    found = []
    for topic in Topic.objects.in_use().order_by("path"):
        found.append((f"t{topic.pk}", STEP * (topic.depth - 1) + str(topic)))
        found += _options(roots.get(topic.pk, []), f"{STEP * topic.depth}└ ", "c")
    return found
