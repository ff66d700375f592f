"""Cards planned anew from their answers when the terms have changed: chunk by chunk, by any number of workers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.db.models import Max, Min

from assessments.practice.models import Card, Review
from assessments.practice.scheduling import Memory, due_day, replay, terms

RANGE = 20_000  # ids a task
CHUNK = 2_000  # cards a transaction
PLAN = """
UPDATE assessments_card AS card
SET stability = plan.stability, difficulty = plan.difficulty, due_on = plan.due_on, terms = %s
FROM unnest(%s::bigint[], %s::float8[], %s::float8[], %s::date[]) AS plan (id, stability, difficulty, due_on)
WHERE card.id = plan.id
"""
Answers = dict[int, list[tuple[date, int]]]


def stale_ranges() -> Iterator[tuple[int, int]]:
    """The ranges of ids, each for a task, in which cards are planned by other terms than today's."""
    ends = Card.objects.exclude(terms=terms()).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for first in range(ends["first"], ends["last"] + 1, RANGE):
            yield first, min(first + RANGE - 1, ends["last"])


def reschedule(first: int, last: int) -> int:
    """Plan the stale cards from the id `first` to `last`; returns how many. A repeat finds none left."""
    planned = 0
    while number := _chunk(first, last):
        planned += number
    return planned


@transaction.atomic
def _chunk(first: int, last: int) -> int:
    """The cards are held, so that an answer that comes meanwhile is either seen or waits."""
    stale = Card.objects.exclude(terms=terms()).filter(pk__range=(first, last)).order_by("pk")
    cards = list(stale.select_for_update(no_key=True)[:CHUNK])
    if not cards:
        return 0
    answers = _answers([card.pk for card in cards])
    plans = [(card, replay([*_beginning(card), *answers.get(card.pk, [])])) for card in cards]
    _write(plans)
    return len(plans)


def _beginning(card: Card) -> list[tuple[date, int]]:
    return [] if card.began is None else [(card.began_on, card.began)]


def _answers(cards: list[int]) -> Answers:
    found: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    rows = Review.objects.first_of_day().filter(card__in=cards).order_by("card", "day")
    for card, day, rating in rows.values_list("card", "day", "rating"):
        found[card].append((day, rating))
    return found


def _write(plans: list[tuple[Card, Memory]]) -> None:
    columns: list[list[object]] = [
        [card.pk for card, _memory in plans],
        [memory.stability for _card, memory in plans],
        [memory.difficulty for _card, memory in plans],
        [due_day(memory, card.missed_on) for card, memory in plans],
    ]
    with connection.cursor() as cursor:
        cursor.execute(PLAN, [terms(), *columns])
