"""Whom a nomination's notices go to; their words are in `notices.py`."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from mentoring.acts import DECIDE_NOMINATIONS
from mentoring.careers.models import Nomination
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User


def tell_nominated(nomination: Nomination) -> None:
    """HR has something to decide."""
    _tell(nomination, "nomination_made", _deciders(nomination))


def tell_approved(nomination: Nomination) -> None:
    """The person, who has not heard of it before, and who nominated."""
    facts = {**_facts(nomination), "on": str(nomination.effective_on)}
    notify([Message(nomination.person_id, "promotion", f"promotion:{nomination.pk}", facts, reverse("my-career"))])
    _tell(nomination, "nomination_approved", [nomination.nominated_by_id], on=facts["on"])


def tell_declined(nomination: Nomination) -> None:
    _tell(nomination, "nomination_declined", [nomination.nominated_by_id], why=nomination.decision_note)


def tell_withdrawn(nomination: Nomination) -> None:
    _tell(nomination, "nomination_withdrawn", _deciders(nomination))


def tell_lapsed(nomination: Nomination) -> None:
    """Who nominated and, of what was approved already, HR."""
    told = [nomination.nominated_by_id, *(_deciders(nomination) if nomination.effective_on else [])]
    _tell(nomination, "nomination_lapsed", told, why=nomination.lapsed_reason)


def tell_called_off(nomination: Nomination) -> None:
    """The person was told of the promotion, so of its end too."""
    url, key = reverse("my-career"), f"promotion_off:{nomination.pk}"
    notify([Message(nomination.person_id, "promotion_off", key, _facts(nomination), url)])


def tell_applied(nomination: Nomination) -> None:
    _tell(nomination, "nomination_applied", [nomination.nominated_by_id, *_deciders(nomination)])


def _deciders(nomination: Nomination) -> list[int]:
    """Those who decide, other than the person and who nominated."""
    people = User.objects.who_may(DECIDE_NOMINATIONS).exclude(pk__in=[nomination.person_id])
    if nomination.nominated_by_id:
        people = people.exclude(pk=nomination.nominated_by_id)
    return list(people.values_list("pk", flat=True))


def _facts(nomination: Nomination) -> dict[str, Any]:
    by = nomination.nominated_by
    return {"name": nomination.person.name, "step": str(nomination.step), "by": by.name if by else ""}


def _tell(nomination: Nomination, kind: str, people: Iterable[int | None], **more: str) -> None:
    facts, url = {**_facts(nomination), **more}, nomination.get_absolute_url()
    told = {pk for pk in people if pk and pk != nomination.person_id}
    notify(Message(pk, kind, f"{kind}:{nomination.pk}", facts, url) for pk in sorted(told))
