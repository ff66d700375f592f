"""Pairings whose mentor cannot guide any more."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from mentoring.pairings.models import Pairing, PairingQuerySet
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant


def without_guidance(on: date) -> PairingQuerySet:
    """Open pairings whose mentor has left by the day, may not log in any more, or is no mentor any more.

    A mentor who only takes no new mentees goes on with those whom he or she has.
    """
    role = RoleGrant.objects.filter(user=OuterRef("mentor"), role=Role.MENTOR)
    gone = Q(mentor__left_on__lte=on) | Q(mentor__is_active=False) | ~Q(Exists(role))
    found: PairingQuerySet = Pairing.objects.open().filter(gone)
    return found
