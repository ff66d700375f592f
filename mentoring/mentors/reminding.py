"""Tell in time that a mentor's certificate is about to lapse."""

from datetime import date, timedelta

from django.db import transaction

from assessments.models import Certificate
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.notices import tell_lapsing
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

AHEAD = timedelta(days=30)


@transaction.atomic
def remind_of_certificates(*, on: date) -> int:
    """Tell mentors and HR of certificates that lapse within 30 days and have no successor; each is told of once."""
    rule = GuidanceRule.objects.current()
    if rule.certification_id is None:
        return 0
    held = Certificate.objects.filter(certification=rule.certification_id)
    mentors = MentorProfile.objects.active(on).values("person")
    longer = held.valid(on + AHEAD + timedelta(days=1)).values("person")
    soon = held.expiring(on, AHEAD).filter(person__in=mentors).exclude(person__in=longer).select_related("person")
    hr = RoleGrant.objects.filter(role=Role.HR, user__is_active=True).values_list("user_id", flat=True)
    return tell_lapsing(soon.order_by("expires_on", "pk"), sorted(set(hr)))
