"""Offer weeks in another team, change the offer, take it back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.audiences.rules import q_of
from courses.models import Audience
from mentoring.rotation.models import PlannedTask, RotationOffer, RotationState
from mentoring.rotation.notices import tell_decided
from trainingsite.core.errors import Refused
from trainingsite.people.models import Department, User


@dataclass(frozen=True)
class Step:
    """A task of the plan, due `after_days` days after the first one."""

    text: str
    after_days: int = 0


@dataclass(frozen=True)
class Draft:
    """What is offered."""

    title: str
    department: Department
    host: User
    begins_on: date
    ends_on: date
    apply_by: date
    places: int = 1
    about: str = ""
    audience: Audience | None = None
    steps: Sequence[Step] = ()


@transaction.atomic
def save_offer(offer: RotationOffer | None, draft: Draft, *, on: date) -> RotationOffer:
    """Offer it, or change what was offered; who has applied follows the new days and the new host.

    Once somebody was approved, the days stand: people and teams have planned with them.
    """
    found = RotationOffer.objects.select_for_update().get(pk=offer.pk) if offer else RotationOffer()
    _check(found, draft, on)
    for name in ("title", "about", "department", "host", "audience", "begins_on", "ends_on", "apply_by", "places"):
        setattr(found, name, getattr(draft, name))
    found.save()
    if [(row.text, row.after_days) for row in found.tasks.all()] != [(s.text, s.after_days) for s in draft.steps]:
        found.tasks.all().delete()
        PlannedTask.objects.bulk_create(
            PlannedTask(offer=found, position=position, text=step.text, after_days=step.after_days)
            for position, step in enumerate(draft.steps)
        )
    found.rotations.waiting().update(host=draft.host, begins_on=draft.begins_on, ends_on=draft.ends_on)
    found.rotations.filter(state=RotationState.APPROVED).update(host=draft.host)
    return found


def _check(offer: RotationOffer, draft: Draft, on: date) -> None:
    if offer.withdrawn_at:
        raise Refused(_("This offer was withdrawn."), code="offer_withdrawn")
    if draft.ends_on < draft.begins_on:
        raise Refused(_("The last day comes before the first."), field="ends_on", code="ends_before_begin")
    if draft.apply_by > draft.begins_on:
        raise Refused(_("People apply before it begins."), field="apply_by", code="applied_after_begin")
    if draft.apply_by < on and draft.apply_by != offer.apply_by:
        raise Refused(_("This date has passed."), field="apply_by", code="apply_by_in_past")
    if not User.objects.employed(on).filter(pk=draft.host.pk, is_active=True).exists():
        raise Refused(_("%(name)s does not work here.") % {"name": draft.host}, field="host", code="host_not_employed")
    _check_steps(draft)
    if offer.pk:
        _check_people(offer, draft)


def _check_steps(draft: Draft) -> None:
    days = (draft.ends_on - draft.begins_on).days
    for step in draft.steps:
        if step.after_days > days:
            words = {"task": step.text, "day": step.after_days + 1, "days": days + 1}
            text = _("“%(task)s” is due on day %(day)s, but it lasts %(days)s days.")
            raise Refused(text % words, field="plan", code="due_after_end")


def _check_people(offer: RotationOffer, draft: Draft) -> None:
    """What would hurt those who applied already."""
    if offer.rotations.exclude(state__in=[RotationState.DECLINED, RotationState.WITHDRAWN]).filter(person=draft.host):
        raise Refused(_("%(name)s has applied for it.") % {"name": draft.host}, field="host", code="host_applied")
    taken = offer.rotations.standing().count()
    if draft.places < taken:
        raise Refused(_("%(n)s places are given already.") % {"n": taken}, field="places", code="fewer_than_given")
    if taken and (draft.begins_on, draft.ends_on) != (offer.begins_on, offer.ends_on):
        text = _("Somebody was approved for these days; make another offer for other days.")
        raise Refused(text, field="begins_on", code="days_are_given")


@transaction.atomic
def withdraw_offer(offer: RotationOffer, *, by: User, at: datetime) -> RotationOffer:
    """Take it back: nobody applies any more, open applications are declined. Who was approved goes. Repeatable."""
    found = RotationOffer.objects.select_for_update().get(pk=offer.pk)
    if found.withdrawn_at:
        return found
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    for rotation in found.rotations.waiting().select_related("offer", "person"):
        rotation.state, rotation.decided_by, rotation.decided_at = RotationState.DECLINED, by, at
        rotation.decision_note = _("The offer was withdrawn.")
        rotation.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
        tell_decided(rotation)
    return found


def open_to(person: User, offers: Sequence[RotationOffer], *, on: date) -> set[int]:
    """The ids of those offers whose audience the person belongs to on the day; one query."""
    asked = {}
    for audience in {offer.audience for offer in offers if offer.audience}:
        with suppress(Refused):  # nobody is in an audience whose rule is broken
            asked[f"a{audience.pk}"] = Max("pk", filter=q_of(audience.conditions, on))
    row = User.objects.employed(on).filter(pk=person.pk).aggregate(**asked) if asked else {}
    return {offer.pk for offer in offers if not offer.audience_id or row.get(f"a{offer.audience_id}")}
