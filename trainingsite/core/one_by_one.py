"""Work through many things of which none may hold up the others: what beat does."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)
T = TypeVar("T")


def one_by_one(things: Iterable[T], act: Callable[[T], int], *, what: str) -> int:
    """Do `act`, which is a transaction of its own, for each of them; returns the sum of what it returned.

    One that fails is logged as the `what` it is, and left to the next beat.
    """
    done = 0
    for thing in list(things):
        try:
            done += act(thing)
        except Exception:
            logger.exception("%s %s failed and holds up no other", what, thing)
    return done
