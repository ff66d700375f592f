"""What people are told of their levels: that somebody's judgement raised one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.ratings.models import Evidence
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

RAISED = "level_raised"


def tell_raised(evidence: Evidence, level: int) -> int:
    """Once for each judgement."""
    facts = {"by": str(evidence.by), "competency": str(evidence.competency), "level": level}
    url = reverse("competency-evidence", args=[evidence.person_id, evidence.competency_id])
    return notify([Message(evidence.person_id, RAISED, f"evidence:{evidence.pk}", facts, url)])


def _raised(facts: dict[str, Any]) -> str:
    return _("%(by)s assessed you: %(competency)s is at level %(level)s now") % facts


KINDS.register(RAISED, Kind(_raised, icon="trending-up"))
