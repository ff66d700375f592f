"""Who holds the certificate that mentors need: the one home of this, for one person and for many."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Value

from assessments.models import Certificate
from mentoring.guidance.models import GuidanceRule


def holds(person: str, *, on: date, rule: GuidanceRule | None = None) -> Any:
    """Whether the person at this path holds the certificate on the day; true where the rule asks for none.

    Without a `rule` it is the current one, read in the same query.
    """
    held = Certificate.objects.held_on(on).filter(person=OuterRef(person))
    if rule is None:
        asked = GuidanceRule.objects.filter(certification__isnull=False)
        return ~Exists(asked) | Exists(held.filter(certification__in=asked.values("certification")))
    return Exists(held.filter(certification=rule.certification_id)) if rule.certification_id else Value(True)
