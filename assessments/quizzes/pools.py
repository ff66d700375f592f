"""Pools: which questions of the bank a draw may take, and a draw that never asks the same twice."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

from django.db.models import Count, Q, Value
from django.utils.translation import gettext as _

from assessments.questions import categories
from assessments.questions.models import Difficulty, Kind, Question, QuestionQuerySet
from assessments.quizzes.models import QuizQuestion
from trainingsite.core.errors import Refused

Pool = Mapping[str, Any]
CHOICES: Mapping[str, Sequence[Any]] = {"difficulty": Difficulty.values, "kind": Kind.values}
IDS = ("topic", "category", "competency")


class TooFew(Refused):
    """A draw wants more questions than there are left for it; `place` says which draw of those that were asked for."""

    def __init__(self, place: int) -> None:
        super().__init__(_("The question bank has too few questions for a random part of this quiz."), code="too_few")
        self.place = place


def tidy(pool: Mapping[str, Any]) -> dict[str, Any]:
    """The pool without what it leaves open; refused when it asks for nothing at all, or for what there is not."""
    ids = {name: int(pool[name]) for name in IDS if pool.get(name)}
    lists = {"tags": sorted({str(tag) for tag in pool.get("tags") or ()})}
    lists |= {name: _chosen(name, pool.get(name)) for name in CHOICES}
    kept = ids | {name: values for name, values in lists.items() if values}
    if not kept:
        raise Refused(_("Say which questions to draw from."), field="topic", code="everything")
    return kept


def _chosen(name: str, given: Iterable[Any] | None) -> list[Any]:
    """The choices in the order in which they are known."""
    wanted = set(given or ())
    if not wanted <= set(CHOICES[name]):
        raise Refused(_("There is no such choice."), field=name, code="unknown")
    return [value for value in CHOICES[name] if value in wanted]


def questions_in(pool: Pool) -> QuestionQuerySet:
    """The questions that have everything the pool asks for, and may be asked at present.

    A topic or a category stands for those below it too.
    """
    found = Question.objects.in_use().filter(current__isnull=False)
    if pool.get("topic"):
        found = found.filter(_below("topic", pool["topic"]))
    if pool.get("category"):
        found = found.filter(categories.within(pool["category"]))
    if pool.get("tags"):
        found = found.filter(tags__contains=pool["tags"])
    for name in CHOICES:
        if pool.get(name):
            found = found.filter(**{f"{name}__in": pool[name]})
    return found.filter(competency=pool["competency"]) if pool.get("competency") else found


def _below(name: str, pk: int) -> Q:
    """The topic or one of those below it, of which there are two levels."""
    return Q(**{name: pk}) | Q(**{f"{name}__parent": pk}) | Q(**{f"{name}__parent__parent": pk})


def candidates(pools: Sequence[Pool], but: Iterable[int] = ()) -> list[list[int]]:
    """For each pool the ids of its questions without those named in `but`, in one query however many pools."""
    if not pools:
        return []
    parts = [
        questions_in(pool).annotate(place=Value(place)).values_list("place", "pk") for place, pool in enumerate(pools)
    ]
    without = set(but)
    found: list[list[int]] = [[] for _pool in pools]
    for place, pk in parts[0].union(*parts[1:], all=True):
        if pk not in without:
            found[place].append(pk)
    return [sorted(ids) for ids in found]


def how_many(pools: Sequence[Pool], but: Iterable[int] = ()) -> list[int]:
    """For each pool the number of its questions without those named in `but`, in one query however many pools."""
    if not pools:
        return []
    without = set(but)
    parts = [
        questions_in(pool).exclude(pk__in=without).order_by().annotate(place=Value(place)).values("place")
        for place, pool in enumerate(pools)
    ]
    counted = [part.annotate(n=Count("pk")).values_list("place", "n") for part in parts]
    found = dict(counted[0].union(*counted[1:], all=True))
    return [found.get(place, 0) for place in range(len(pools))]


def fixed(slots: Iterable[QuizQuestion]) -> list[int]:
    """The questions that are asked in any case, which no draw repeats."""
    return [slot.question_id for slot in slots if slot.question_id]


def drawn(counts: Sequence[int], pools: Sequence[Sequence[int]], chance: Random) -> list[list[int]]:
    """`counts[i]` questions out of `pools[i]` for each i, none of them twice; TooFew when no choice is enough.

    Where pools overlap, an early draw gives up a question that a later one can't do without.
    """
    shuffled = [chance.sample(list(pool), len(pool)) for pool in pools]
    taken: dict[int, int] = {}
    for place, count in enumerate(counts):
        for _each in range(count):
            if not _take_one(place, shuffled, taken, set()):
                raise TooFew(place)
    return [[pk for pk in pool if taken.get(pk) == place] for place, pool in enumerate(shuffled)]


def _take_one(place: int, pools: Sequence[Sequence[int]], taken: dict[int, int], asked: set[int]) -> bool:
    """One more question for the draw: a free one, or one of a draw that finds another instead."""
    asked.add(place)
    free = next((pk for pk in pools[place] if pk not in taken), None)
    if free is None:
        others = ((pk, taken[pk]) for pk in pools[place])
        free = next((pk for pk, other in others if other not in asked and _take_one(other, pools, taken, asked)), None)
    if free is not None:
        taken[free] = place
    return free is not None
