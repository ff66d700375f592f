"""What may be said against a question: statistics register here, the bank's list filters by it and shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from trainingsite.core.registry import Registry

ANY = "any"


@dataclass(frozen=True)
class Flag:
    """One reason; `found` gives the ids of the questions that it is held against."""

    label: str | Promise
    found: Callable[[], QuerySet[Any]]


FLAGS: Registry[Flag] = Registry("flag of questions")
# For some questions, the sentences that are said against each.
SENTENCES: Registry[Callable[[Sequence[int]], dict[int, list[str]]]] = Registry("sentences about questions")


def flagged(name: str) -> Q:
    """Condition: the reason `name`, or any one, is held against the question."""
    found = Q(pk__in=[])
    for each in FLAGS if name == ANY else [name]:
        found |= Q(pk__in=FLAGS[each].found())
    return found


def sentences(questions: Sequence[int]) -> dict[int, list[str]]:
    """What is said against these questions."""
    found: dict[int, list[str]] = {}
    for say in SENTENCES.values():
        for pk, said in say(questions).items():
            found.setdefault(pk, []).extend(said)
    return found
