"""Who of the two somebody is, and what only the two may do."""

from django.utils.translation import gettext as _

from mentoring.checkins.models import CheckIn
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


def side_of(pairing: Pairing, user: User) -> Side | None:
    """Mentor, mentee, or neither."""
    return {pairing.mentor_id: Side.MENTOR, pairing.mentee_id: Side.MENTEE}.get(user.pk)


def own_side(pairing: Pairing, by: User) -> Side:
    """Which side acts; refuses everybody else."""
    side = side_of(pairing, by)
    if side is None:
        raise Refused(_("Only mentor and mentee do that."), code="not_yours")
    return side


def going(checkin: CheckIn, *, by: User) -> CheckIn:
    """The check-in, locked; refused to others, and once the pairing has ended."""
    rows = CheckIn.objects.select_for_update(of=("self",)).select_related("pairing__mentor", "pairing__mentee")
    found = rows.filter(pk=checkin.pk).first()
    if found is None:
        raise Refused(_("This check-in is no longer planned."), code="checkin_gone")
    own_side(found.pairing, by)
    if not found.pairing.is_open:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    return found
