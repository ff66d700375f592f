"""People who were hired lately and have no mentor yet."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from courses.models import Participation
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.models import PersonQuerySet

USUAL_DAYS = 90


def without_mentor(*, on: date, days: int = USUAL_DAYS) -> PersonQuerySet:
    """Trainees whom nobody guides: hired within `days` before `on`, or in a programme that asks for a mentor.

    Whoever was guided to the goal needs nobody any more, unless a programme asks for it.
    """
    guided = Pairing.objects.open().filter(mentee=OuterRef("pk"))
    trainee = RoleGrant.objects.filter(user=OuterRef("pk"), role=Role.TRAINEE)
    asked = Participation.objects.active().with_kind("pairing").filter(person=OuterRef("pk"), starts_on__lte=on)
    graduated = Pairing.objects.filter(mentee=OuterRef("pk"), end_reason=EndReason.REACHED)
    new = Q(~Exists(graduated), hired_on__gt=on - timedelta(days=days)) | Exists(asked)
    found: PersonQuerySet = User.objects.employed(on).filter(new, ~Exists(guided), Exists(trainee), is_active=True)
    return found
