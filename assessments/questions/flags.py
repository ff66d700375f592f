"""Who says that something is wrong with a question: statistics register here, the bank's list shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Flagging:
    """`found` gives the ids of the flagged questions, `words` what is said of each of these."""

    found: Callable[[], QuerySet[Any]]
    words: Callable[[Sequence[int]], dict[int, list[str]]]


FLAGS: Registry[Flagging] = Registry("flag of questions")


def words_of(questions: Sequence[int]) -> dict[int, list[str]]:
    """What is said against these questions."""
    found: dict[int, list[str]] = {}
    for flagging in FLAGS.values():
        for pk, said in flagging.words(questions).items():
            found.setdefault(pk, []).extend(said)
    return found
