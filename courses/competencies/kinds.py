"""What can be said of a competency by those who teach and test it; the rooms and apps that own it register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from trainingsite.core.registry import Registry
from trainingsite.people.models import User


@dataclass(frozen=True)
class ProofRow:
    """One course, one question, …; `url` is "" where the reader may not go."""

    title: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class Proof:
    """`rows` lists what `user` may see for one competency; `counts` numbers all of it for many, by id."""

    label: str | Promise
    empty: str | Promise
    icon: str
    rows: Callable[[int, User], list[ProofRow]]
    counts: Callable[[Sequence[int]], dict[int, int]]


PROOFS: Registry[Proof] = Registry("proof of a competency")
