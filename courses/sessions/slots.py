"""A session as it would be, and what may stand against it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from courses.instructors.models import Instructor
from courses.sessions.models import Session
from trainingsite.core.errors import Refused
from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Slot:
    """When, where, by whom, for whom; `ignore` is the session that is being moved.

    `teachers` are people of the company, `outside` the ids of instructors from outside.
    """

    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    teachers: frozenset[int] = field(default_factory=frozenset)
    outside: frozenset[int] = field(default_factory=frozenset)
    people: frozenset[int] = field(default_factory=frozenset)
    ignore: int | None = None

    @classmethod
    def of(
        cls,
        session: Session,
        *,
        starts_at: datetime | None = None,
        people: Iterable[int] = (),
        instructors: Iterable[Instructor] = (),
    ) -> "Slot":
        """The slot of a session, at another time when one is given."""
        begin = starts_at or session.starts_at
        end = begin + (session.ends_at - session.starts_at)
        given = list(instructors)
        teachers = frozenset(each.person_id for each in given if each.person_id)
        outside = frozenset(each.pk for each in given if each.is_outside)
        return cls(begin, end, session.room_id, teachers, outside, frozenset(people), session.pk)


@dataclass(frozen=True)
class Clash:
    """One reason against it. A hard one refuses; others are accepted by whoever plans anyway."""

    kind: str
    text: str
    hard: bool = True
    names: tuple[str, ...] = ()
    field: str = "starts_at"


class Clashing(Refused):
    """A session was refused because of clashes; `clashes` holds all of them."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        hard = [clash for clash in clashes if clash.hard] or list(clashes)
        super().__init__(" ".join(clash.text for clash in hard), field=hard[0].field, code=hard[0].kind)
        self.clashes = list(clashes)


# What other rooms know against a session: called with the slot, in a fixed number of queries.
AGAINST: Registry[Callable[[Slot], Iterable[Clash]]] = Registry("reason against a session")
