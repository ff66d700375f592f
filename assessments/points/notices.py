"""What people are told about their points: what was given by hand, and what was taken back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.points.events import title_of
from assessments.points.models import PointEntry
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

GIVEN, VOIDED = "points_given", "points_voided"


def tell_given(entry: PointEntry) -> int:
    facts = {"points": f"{entry.points:.0f}", "by": str(entry.by), "reason": entry.reason}
    return notify([Message(entry.person_id, GIVEN, f"points:{entry.pk}", facts, reverse("my-points"))])


def tell_voided(counter: PointEntry, entry: PointEntry) -> int:
    facts = {"points": f"{entry.points:.1f}".removesuffix(".0"), "title": title_of(entry), "reason": counter.reason}
    return notify([Message(counter.person_id, VOIDED, f"points:{counter.pk}", facts, reverse("my-points"))])


def _given(facts: dict[str, Any]) -> str:
    return _("%(by)s gave you %(points)s ability points") % facts


def _voided(facts: dict[str, Any]) -> str:
    return _("%(points)s ability points were taken back: %(title)s") % facts


def _why(facts: dict[str, Any]) -> str:
    return str(facts["reason"])


KINDS.register(GIVEN, Kind(_given, icon="heart", body=_why))
KINDS.register(VOIDED, Kind(_voided, icon="arrow-back-up", body=_why))
