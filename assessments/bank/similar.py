"""Which questions say nearly the same: by the share of three-character pieces they have in common.

PostgreSQL here has no trigrams, so that we compare ourselves. Comparing each with each is hopeless with thousands; two
texts that share a given part of their pieces must share one of their rarest (the prefix filter of all-pairs search by
Bayardo, Ma and Srikant, 2007), so that only those with a rare piece in common are compared.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from django.core.cache import cache
from django.db.models import Count, Max

from assessments.bank.models import Unlike
from assessments.questions.models import Question, QuestionVersion, Status
from assessments.questions.types.base import type_of
from trainingsite.core.markdown import plain

# In the demo's bank of 370 no two different questions share more than 17 %; what is worded anew with the same options
# shares 60 % and more, a stem that is turned round from some 30 % on.
LEAST, USUAL = 0.3, 0.4
PIECE = 3
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Pair:
    """Two questions, the lower id first, and the share of pieces that they have in common."""

    one: int
    other: int
    share: float

    @property
    def percent(self) -> int:
        return int(100 * self.share)


def normalised(text: str) -> str:
    """The letters and digits alone, in one width and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def pieces(text: str) -> frozenset[str]:
    words = normalised(text)
    return frozenset(words[at : at + PIECE] for at in range(max(len(words) - PIECE + 1, 1))) if words else frozenset()


def text_of(kind: str, version: QuestionVersion) -> str:
    """All that is asked: the stem and what stands below it, in an order of its own."""
    return "\n".join([plain(version.stem), *sorted(type_of(kind).texts(version.content).values())])


def similar(texts: Mapping[int, str], least: float) -> list[Pair]:
    """Every two texts that share at least this part of their pieces, the most alike first."""
    sets = {pk: pieces(text) for pk, text in texts.items()}
    frequent = Counter(piece for found in sets.values() for piece in found)
    rank = {
        piece: place for place, (piece, _n) in enumerate(sorted(frequent.items(), key=lambda row: (row[1], row[0])))
    }
    holders: defaultdict[int, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for pk in sorted(sets, key=lambda each: (len(sets[each]), each)):
        mine = sets[pk]
        rarest = sorted(rank[piece] for piece in mine)[: len(mine) - ceil(least * len(mine)) + 1]
        near = {other for piece in rarest for other in holders[piece]}
        found += _alike(pk, near, sets, least)
        for piece in rarest:
            holders[piece].append(pk)
    return sorted(found, key=lambda pair: (-pair.share, pair.one, pair.other))


def _alike(pk: int, near: Iterable[int], sets: Mapping[int, frozenset[str]], least: float) -> list[Pair]:
    mine = sets[pk]
    found = []
    for other in near:
        theirs = sets[other]
        if len(theirs) < least * len(mine):
            continue
        common = len(mine & theirs)
        share = common / (len(mine) + len(theirs) - common)
        if share >= least:
            found.append(Pair(min(pk, other), max(pk, other), share))
    return found


def twins(least: float = USUAL, *, judged: bool = False) -> list[Pair]:
    """The questions in the bank that look alike, in three queries; `judged` gives those said to be different instead.

    The comparison is kept until a question changes.
    """
    different = set(Unlike.objects.values_list("one", "other"))
    return [pair for pair in _all() if pair.share >= least and ((pair.one, pair.other) in different) == judged]


def _all() -> list[Pair]:
    kept = Question.objects.exclude(status=Status.RETIRED).filter(current__isnull=False)
    facts = kept.aggregate(n=Count("pk"), version=Max("current"), changed=Max("modified_at"))
    key = f"twins:{LEAST}:{facts['n']}:{facts['version']}:{facts['changed'] and facts['changed'].timestamp()}"
    found: list[Pair] | None = cache.get(key)
    if found is None:
        rows = kept.select_related("current").only("kind", "current__stem", "current__content")
        found = similar({row.pk: text_of(row.kind, row.current) for row in rows if row.current}, LEAST)
        cache.set(key, found, KEPT_SECONDS)
    return found
