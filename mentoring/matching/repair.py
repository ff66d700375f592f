"""When a mentor leaves: who is left alone, and who is told of it."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from mentoring.acts import MATCH
from mentoring.matching.gone import without_guidance
from mentoring.pairings.models import Pairing, PairingQuerySet
from mentoring.rotation.deciders import supervisors_of
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User


def orphaned(on: date) -> PairingQuerySet:
    """Open pairings whose mentor cannot guide any more, those whose people work here, with both people."""
    employed = User.objects.employed(on)
    found: PairingQuerySet = without_guidance(on).filter(mentee__in=employed)
    return found.select_related("mentor", "mentee__department", "mentee__position").order_by("mentee__sort_key", "pk")


def tell_of_gone(on: date, *, people: Collection[int] | None = None) -> int:
    """Tell HR and the mentee's supervisor of each pairing whose mentor is gone, once; returns the new notices.

    `people` narrows it to pairings of these mentors.
    """
    rows = orphaned(on)
    pairings = list(rows if people is None else rows.filter(mentor__in=people))
    if not pairings:
        return 0
    hr = list(User.objects.who_may(MATCH).values_list("pk", flat=True))
    return notify(message for pairing in pairings for message in _messages(pairing, hr))


def _messages(pairing: Pairing, hr: list[int]) -> list[Message]:
    leading = [person.pk for person in supervisors_of(pairing.mentee)[:1]]
    round_url = f"{reverse('matching-new')}?who=left"
    page = reverse("pairing", args=[pairing.pk])
    facts = {"mentor": pairing.mentor.name, "mentee": pairing.mentee.name}
    told = [(pk, round_url) for pk in hr] + [(pk, page) for pk in leading if pk not in hr]
    return [Message(pk, "mentor_gone", f"mentor_gone:{pairing.pk}", facts, url) for pk, url in told]
