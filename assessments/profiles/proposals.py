"""A change of a profile between typing and confirming: it travels signed, so that it can be looked at and paged."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.profiles.actions import Need, asked, check_change, check_free, publish_needs, save_profile
from assessments.profiles.models import ProfileVersion, RoleProfile
from courses.models import Competency
from trainingsite.core.errors import Refused
from trainingsite.people.models import Position, User

_SALT = "assessments.profiles.proposals"
Row = tuple[int, int, str]  # competency, level, weight


@dataclass(frozen=True)
class Proposal:
    """What `position` shall ask at `grade` from a day on; `after` is the number of the last version seen then."""

    profile_id: int | None
    position_id: int
    grade: str
    summary: str
    rows: tuple[Row, ...]
    valid_from: date
    reason: str
    after: int = 0

    def packed(self) -> str:
        """As a text for addresses and hidden fields."""
        data = {**asdict(self), "valid_from": self.valid_from.isoformat()}
        return signing.dumps(data, salt=_SALT, compress=True)

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """What `packed` gave; refused when it is not whole."""
        try:
            data: dict[str, Any] = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            raise Refused(_("This preview is not whole any more. Begin anew."), code="proposal_broken") from None
        rows = tuple((pk, level, weight) for pk, level, weight in data["rows"])
        return cls(**{**data, "rows": rows, "valid_from": date.fromisoformat(data["valid_from"])})

    def profile(self) -> RoleProfile:
        """The profile to be changed, or one that is not saved yet; refused when it is gone."""
        if self.profile_id is None:
            position = Position.objects.filter(pk=self.position_id).first()
            found = RoleProfile(position=position, grade=self.grade, summary=self.summary) if position else None
        else:
            found = RoleProfile.objects.select_related("position").filter(pk=self.profile_id).first()
        if found is None:
            raise Refused(_("This preview is not whole any more. Begin anew."), code="proposal_broken")
        return found

    def needs(self) -> list[Need]:
        """The rows with their competencies and their levels."""
        known = {
            row.pk: row for row in Competency.objects.with_levels().filter(pk__in=[pk for pk, *_rest in self.rows])
        }
        return [Need(known[pk], level, Decimal(weight)) for pk, level, weight in self.rows if pk in known]

    def check(self, profile: RoleProfile, needs: list[Need], *, on: date) -> None:
        """Refuse what could not be carried out on the day."""
        if self.profile_id is None:
            check_free(profile.position, self.grade)
        check_change(profile, needs, valid_from=self.valid_from, reason=self.reason, on=on)


@transaction.atomic
def carry_out(proposal: Proposal, *, by: User | None, on: date) -> tuple[RoleProfile, bool]:
    """Do what was proposed, and say whether that was new: who confirms twice finds it done.

    Refused when somebody changed the profile since the proposal was typed.
    """
    profile, needs = proposal.profile(), proposal.needs()
    present = RoleProfile.objects.select_for_update().filter(position=profile.position, grade=profile.grade).first()
    last = present.versions.with_needs().order_by("-number").first() if present else None
    if present and last and _is_done(proposal, needs, last):
        return present, False
    if proposal.profile_id and last and last.number != proposal.after:
        text = _("Somebody made version %(n)s meanwhile. Look at it, then change what is still to be changed.")
        raise Refused(text % {"n": last.number}, code="changed_meanwhile")
    proposal.check(profile, needs, on=on)
    found = present or save_profile(None, position=profile.position, grade=proposal.grade, summary=proposal.summary)
    publish_needs(found, needs, valid_from=proposal.valid_from, reason=proposal.reason, by=by, on=on)
    return found, True


def _is_done(proposal: Proposal, needs: list[Need], last: ProfileVersion) -> bool:
    there = [Need(need.competency, need.level, need.weight) for need in last.needs.all()]
    same = (last.number, last.valid_from, last.reason) == (
        proposal.after + 1,
        proposal.valid_from,
        proposal.reason.strip(),
    )
    return same and asked(there) == asked(needs)
