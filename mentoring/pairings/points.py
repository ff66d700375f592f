"""Whoever guides a mentee to the goal earns ability points for it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from assessments.points.actions import Earned, earn
from assessments.points.events import EVENTS, Event, Suggested
from assessments.points.happened import earns, moment_of
from assessments.points.models import PointEntry
from mentoring.acts import VIEW_MENTORING
from mentoring.pairings.hooks import ENDED
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.people.models import User

GUIDED = "guided"


def mentee_guided(pairing: Pairing, at: datetime) -> None:  # noqa: ARG001 - the noon of today may be still to come
    """Note a pairing that ended; only one whose goal was reached earns."""
    if pairing.end_reason == EndReason.REACHED and pairing.ended_on and earns(GUIDED):
        moment = moment_of(pairing.ended_on)
        earn([Earned(pairing.mentor_id, GUIDED, str(pairing.pk), pairing.mentee.name, moment)])


def _to_pairing(entry: PointEntry, viewer: User) -> str:
    if entry.person_id != viewer.pk and not viewer.may(VIEW_MENTORING):
        return ""
    return reverse("pairing", args=[entry.key])


ENDED.register("points", mentee_guided)
EVENTS.register(
    GUIDED,
    Event(
        pgettext_lazy("points", "Mentee guided to the goal"),
        "heart-handshake",
        pgettext_lazy("points", "Each pairing that ends because its goal is reached, for the mentor"),
        suggested=Suggested(60, 365),
        link=_to_pairing,
        order=60,
    ),
)
