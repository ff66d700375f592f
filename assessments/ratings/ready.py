"""The rule that a company begins with."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.ratings.models import RatingRule
from assessments.ratings.sources import SOURCES
from trainingsite.core.days import company_day
from trainingsite.core.locks import take_turns

WINDOW_DAYS, HALF_LIFE_DAYS, FEWEST = 365, 180, 2
# The least score of each level, for competencies of two to five levels.
BANDS = {"2": [0, 70], "3": [0, 60, 85], "4": [0, 50, 70, 88], "5": [0, 45, 60, 75, 90]}


def first_weights() -> dict[str, float]:
    """What each registered source weighs at first."""
    return {name: source.weight for name, source in SOURCES.items()}


def lock_rules() -> None:
    """Wait for whoever is changing the rules."""
    take_turns("assessments.rating_rules")


@transaction.atomic
def ensure_first_rule(at: datetime) -> RatingRule:
    """The first rule, made of the defaults when there is none; a repeat returns the same one."""
    lock_rules()
    found = RatingRule.objects.order_by("number").first()
    return found or RatingRule.objects.create(
        number=1,
        valid_from=company_day(at),
        window_days=WINDOW_DAYS,
        half_life_days=HALF_LIFE_DAYS,
        fewest=FEWEST,
        source_weights=first_weights(),
        bands=BANDS,
        reason=_("The rule to begin with"),
        created_at=at,
    )


def rule_at(at: datetime) -> RatingRule:
    """The rule in force at the moment; the first one is made when there is none at all."""
    return RatingRule.objects.in_force(at).first() or ensure_first_rule(at)
