"""What lies between two versions of a profile."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.profiles.actions import Need
from assessments.profiles.models import ProfileVersion
from courses.models import Competency


@dataclass(frozen=True)
class Change:
    """What became of one competency; None where it was not, or is no more, asked."""

    competency: Competency
    before: Need | None
    after: Need | None

    @property
    def kind(self) -> str:
        """How it reads: added, removed or changed."""
        if self.before and self.after:
            return "changed"
        return "added" if self.after else "removed"

    @property
    def level_moved(self) -> bool:
        return bool(self.before and self.after and self.before.level != self.after.level)

    @property
    def weight_moved(self) -> bool:
        return bool(self.before and self.after and self.before.weight != self.after.weight)


def needs_of(version: ProfileVersion | None) -> list[Need]:
    """The needs of a version, loaded with them, in the order of the framework."""
    return [Need(need.competency, need.level, need.weight) for need in version.needs.all()] if version else []


def changes(before: Sequence[Need], after: Sequence[Need]) -> list[Change]:
    """What differs, in the order of the later needs; what is gone comes last."""
    old = {need.competency.pk: need for need in before}
    new = {need.competency.pk: need for need in after}
    found = [Change(need.competency, old.get(pk), need) for pk, need in new.items() if old.get(pk) != need]
    return found + [Change(need.competency, need, None) for pk, need in old.items() if pk not in new]
