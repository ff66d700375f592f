"""People who were hired lately and have no mentor yet."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from mentoring.pairings.models import Pairing
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.models import PersonQuerySet

USUAL_DAYS = 90


def without_mentor(*, on: date, days: int = USUAL_DAYS) -> PersonQuerySet:
    """Trainees hired within `days` before `on` whom nobody guides."""
    guided = Pairing.objects.open().filter(mentee=OuterRef("pk"))
    trainee = RoleGrant.objects.filter(user=OuterRef("pk"), role=Role.TRAINEE)
    hired = User.objects.employed(on).filter(hired_on__gt=on - timedelta(days=days), is_active=True)
    found: PersonQuerySet = hired.filter(~Exists(guided), Exists(trainee))
    return found
