"""Set the rules of mentoring."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Certification
from mentoring.guidance.models import GuidanceRule
from trainingsite.core.errors import Refused


@transaction.atomic
def save_rule(
    *, certification: Certification | None, escalate_after: int, evaluate_within: int, at_risk_after: int
) -> GuidanceRule:
    """Set the one row of rules; they hold from now on."""
    if certification and certification.archived_at:
        words = _("“%(title)s” is archived; nobody can earn it any more.") % {"title": certification}
        raise Refused(words, field="certification", code="archived")
    rule, _created = GuidanceRule.objects.update_or_create(
        pk=1,
        defaults={
            "certification": certification,
            "escalate_after": escalate_after,
            "evaluate_within": evaluate_within,
            "at_risk_after": at_risk_after,
        },
    )
    return rule
