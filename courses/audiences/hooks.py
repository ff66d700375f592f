"""What other rooms and apps plug into audiences: who uses one, what a change of its members leads to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainingsite.core.registry import Registry

# Called in the transaction that changed the members of a watched audience: its id, who joined, who left, the moment.
MEMBERS_CHANGED: Registry[Callable[[int, Sequence[int], Sequence[int], datetime], None]] = Registry(
    "reaction to changed members"
)


@dataclass(frozen=True)
class Use:
    """Something that uses an audience; `standing` when it follows the members as they come and go."""

    audience_id: int
    kind: str
    title: str
    url: str
    standing: bool = False


@dataclass(frozen=True)
class Consequences:
    """What would follow if these people joined and left."""

    opens: int = 0
    closes: int = 0

    def __add__(self, other: "Consequences") -> "Consequences":
        return Consequences(self.opens + other.opens, self.closes + other.closes)


# Called with ids of audiences; gives what uses them, in a fixed number of queries.
USED_BY: Registry[Callable[[Sequence[int]], Iterable[Use]]] = Registry("use of audiences")
# Called with the id of a watched audience, who would join and who would leave: enrolments to open and to close.
CONSEQUENCES: Registry[Callable[[int, Sequence[int], Sequence[int]], Consequences]] = Registry(
    "consequences of changed members"
)


def members_changed(audience_id: int, joined: Sequence[int], left: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know; nobody is told of nothing."""
    if joined or left:
        for react in MEMBERS_CHANGED.values():
            react(audience_id, joined, left, at)


def uses_of(audience_ids: Sequence[int]) -> dict[int, list[Use]]:
    """What uses each of the audiences."""
    found: dict[int, list[Use]] = {pk: [] for pk in audience_ids}
    for asked in USED_BY.values():
        for use in asked(audience_ids):
            found[use.audience_id].append(use)
    return found


def consequences_of(audience_id: int, joined: Sequence[int], left: Sequence[int]) -> Consequences:
    """What would follow if these people joined and left the watched audience."""
    return sum((ask(audience_id, joined, left) for ask in CONSEQUENCES.values()), Consequences())
