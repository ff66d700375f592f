"""How a mentor stands today: who can be given somebody, and why others cannot."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile, MentorProfileQuerySet


class MentorState(models.TextChoices):
    """Exactly one holds, the first that fits from the end."""

    ROOM = "room", pgettext_lazy("mentor", "has room")
    FULL = "full", pgettext_lazy("mentor", "full")
    AWAY = "away", pgettext_lazy("mentor", "away")
    TRAINING = "training", pgettext_lazy("mentor", "in training")
    INACTIVE = "inactive", pgettext_lazy("mentor", "takes none")


LEVELS = {
    MentorState.ROOM: "good",
    MentorState.FULL: "warn",
    MentorState.AWAY: "info",
    MentorState.TRAINING: "warn",
    MentorState.INACTIVE: "neutral",
}


def with_standing(rows: MentorProfileQuerySet, on: date, rule: GuidanceRule) -> MentorProfileQuerySet:
    """Adds everything that `state_of` and the list of mentors need, one row a mentor."""
    rows = rows.with_load().with_guided().with_rating().with_certificate(on, rule).with_away(on)
    return rows.annotate(by_rating=Coalesce("rating", 0.0))


def state_of(profile: MentorProfile, on: date) -> MentorState:
    """The state of a profile that was loaded `with_standing`."""
    left = profile.person.left_on is not None and profile.person.left_on <= on
    if left or not profile.is_active or not profile.person.is_active:
        return MentorState.INACTIVE
    if not profile.is_certified:  # type: ignore[attr-defined]  # annotated, as the two below
        return MentorState.TRAINING
    if profile.is_away:  # type: ignore[attr-defined]
        return MentorState.AWAY
    return MentorState.FULL if profile.load >= profile.capacity else MentorState.ROOM  # type: ignore[attr-defined]


def in_state(rows: MentorProfileQuerySet, state: MentorState | str, on: date) -> MentorProfileQuerySet:
    """Those of the rows, loaded `with_standing`, that are in the state."""
    if state == MentorState.INACTIVE:
        return rows.exclude(pk__in=MentorProfile.objects.active(on).values("pk"))
    conditions = {
        MentorState.TRAINING: Q(is_certified=False),
        MentorState.AWAY: Q(is_certified=True, is_away=True),
        MentorState.FULL: Q(is_certified=True, is_away=False, load__gte=F("capacity")),
        MentorState.ROOM: Q(is_certified=True, is_away=False, load__lt=F("capacity")),
    }
    return rows.active(on).filter(conditions[MentorState(state)])
