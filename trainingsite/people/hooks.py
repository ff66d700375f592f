"""What higher apps do when people come, move or leave."""

from collections.abc import Callable, Iterable

from trainingsite.core.registry import Registry

# Called with the ids of the people who are new or changed, inside the transaction of the act.
PEOPLE_CHANGED: Registry[Callable[[set[int]], None]] = Registry("reaction to changed people")


def announce(people: Iterable[int]) -> None:
    """Tell everybody who registered; nobody is told of nothing."""
    if changed := set(people):
        for react in PEOPLE_CHANGED.values():
            react(changed)
