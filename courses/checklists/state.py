"""How the items of a checklist stand for one person."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.checklists.models import CheckItem, Checklist, Result, SignOff
from courses.enrolment.models import Enrolment


@dataclass(frozen=True)
class ItemState:
    """An item with everything that was noted of it, the last first."""

    item: CheckItem
    facts: list[SignOff]

    @property
    def last(self) -> SignOff | None:
        return self.facts[0] if self.facts else None

    @property
    def is_done(self) -> bool:
        return self.last is not None and self.last.result == Result.DONE

    @property
    def is_ready(self) -> bool:
        return self.last is not None and self.last.result in {Result.READY, Result.UNDONE}

    @property
    def is_not_yet(self) -> bool:
        return self.last is not None and self.last.result == Result.NOT_YET


@dataclass(frozen=True)
class Standing:
    """A checklist as one person stands in it."""

    items: list[ItemState]

    @property
    def done(self) -> int:
        return sum(state.is_done for state in self.items)

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def is_complete(self) -> bool:
        """Whether all that is required is signed off."""
        required = [state for state in self.items if state.item.is_required]
        return bool(required) and all(state.is_done for state in required)


def standing_of(enrolment: Enrolment, checklist: Checklist) -> Standing:
    """The person's checklist, in two queries."""
    facts = SignOff.objects.filter(enrolment=enrolment, item__checklist=checklist)
    return standing(checklist.items.all(), facts.select_related("by").order_by("-pk"))


def standing(items: Iterable[CheckItem], facts: Iterable[SignOff]) -> Standing:
    """The items with their facts, which come the last first."""
    known = list(facts)
    return Standing([ItemState(item, [fact for fact in known if fact.item_id == item.pk]) for item in items])
