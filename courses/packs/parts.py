"""How an app takes and gives its part of a content pack: the `quiz:` of a unit, the `questions.yaml` of a topic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.curriculum.models import Course, Unit
from courses.media.models import Media
from courses.topics.models import Topic
from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: `place` within the file, such as `pr-001.options`; the reader knows the file."""

    place: str
    message: str
    file: str = ""


@dataclass
class Bag:
    """Files that go into a pack beside its texts."""

    media: dict[str, Media] = field(default_factory=dict)

    def put(self, media: Media) -> str:
        """Take the file along; returns the name that texts and parts give it."""
        self.media[media.short] = media
        return media.short


@dataclass(frozen=True)
class UnitPart:
    """The key of a unit in course.yaml.

    `load` is called for every unit that has the key, after the unit is saved, within the transaction; it raises Refused
    when the part is not usable. `dump` gives the same back, or None for a unit that has no such part.
    """

    load: Callable[[Unit, dict[str, Any]], None]
    dump: Callable[[Unit, Bag], dict[str, Any] | None]


@dataclass(frozen=True)
class TopicPart:
    """A file of a topic, by its name without `.yaml`.

    `load` is called with the list in it, before the topic's courses, within the transaction; it returns every problem,
    and nothing is kept when there is one. `dump` gives the list that the topic's courses need.
    """

    load: Callable[[Topic, list[Any]], list[Problem]]
    dump: Callable[[Topic, Sequence[Course]], list[Any]]


@dataclass(frozen=True)
class WholePart:
    """A file beside pack.yaml, by its name without `.yaml`.

    `early` ones (what courses build on) are loaded before the courses, the others (what builds on courses) after.
    """

    load: Callable[[list[Any]], list[Problem]]
    dump: Callable[[Sequence[Course]], list[Any]]
    early: bool = False


UNIT_PARTS: Registry[UnitPart] = Registry("part of a unit")
TOPIC_PARTS: Registry[TopicPart] = Registry("part of a topic")
WHOLE_PARTS: Registry[WholePart] = Registry("part of a pack")
