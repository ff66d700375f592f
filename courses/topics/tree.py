"""The topics as a tree to be shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from courses.topics.models import Topic


@dataclass
class Node:
    """A topic with those below it; `own` is how many courses it has itself."""

    topic: Topic
    own: int = 0
    children: list["Node"] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False

    @property
    def courses(self) -> int:
        """How many courses it has, with those of the topics below it."""
        return self.own + sum(child.courses for child in self.children)

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


def nested(topics: Iterable[Topic]) -> list[Node]:
    """The tree of `topics`, which come in its order; who has no parent among them stands at the top."""
    nodes: dict[int, Node] = {}
    roots: list[Node] = []
    for topic in topics:
        node = nodes[topic.pk] = Node(topic, getattr(topic, "own_courses", 0))
        above = nodes.get(topic.parent_id or 0)
        (above.children if above else roots).append(node)
    for sisters in [roots, *(node.children for node in nodes.values())]:
        if sisters:
            sisters[0].is_first = sisters[-1].is_last = True
    return roots
