"""How a higher app takes its part of a content pack: the `quiz:` of a unit, the `questions.yaml` of a topic."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courses.curriculum.models import Unit
from courses.topics.models import Topic
from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: `place` within the file, such as `pr-001.options`; the reader knows the file."""

    place: str
    message: str
    file: str = ""


# By the key of a unit in course.yaml; called for every unit that has the key, after the unit is saved, within the
# transaction. Raises Refused when the part is not usable.
UNIT_PARTS: Registry[Callable[[Unit, dict[str, Any]], None]] = Registry("part of a unit")

# By the name of a file of the topic, without `.yaml`; called with the list in it, before the topic's courses, within
# the transaction. Returns every problem; nothing is kept when there is one.
TOPIC_PARTS: Registry[Callable[[Topic, list[Any]], list[Problem]]] = Registry("part of a topic")
