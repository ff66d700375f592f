"""What was wished and who is kept apart, for many people at once."""

from collections.abc import Collection

from django.db.models import Q

from mentoring.wishes.models import KeepApart, Wish


def wishes_of(people_ids: Collection[int]) -> dict[tuple[int, int, str], int]:
    """(person, other, side of the person) → rank: 1 to 3 is wanted, the first most; 0 is not wanted. One query."""
    rows = Wish.objects.filter(person__in=people_ids).values_list("person_id", "other_id", "side", "rank")
    return {(person, other, side): rank for person, other, side, rank in rows}


def kept_apart(people_ids: Collection[int]) -> set[frozenset[int]]:
    """The pairs that are kept apart and of which at least one is among these people. One query."""
    rows = KeepApart.objects.filter(Q(one__in=people_ids) | Q(other__in=people_ids))
    return {frozenset(pair) for pair in rows.values_list("one_id", "other_id")}


def told_to_hr(person_id: int) -> list[Wish]:
    """What the person wishes, and who wishes the person; for HR alone. One query."""
    rows = Wish.objects.filter(Q(person=person_id) | Q(other=person_id)).select_related("person", "other")
    return list(rows.order_by("side", "rank", "pk"))


def own(person_id: int, side: str) -> tuple[list[Wish], list[Wish]]:
    """What the person on this side wishes, the dearest first, and what he or she would rather not. One query."""
    rows = list(Wish.objects.filter(person=person_id, side=side).select_related("other__department"))
    return [wish for wish in rows if wish.rank], [wish for wish in rows if not wish.rank]
