"""Items of programmes that are certifications: done by whoever holds a valid certificate."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.certification.models import Certificate, Certification
from courses.models import Assignment, Enrolment, Item
from courses.programmes.due import DUE_SOURCES, DueSource
from courses.programmes.kinds import ITEM_KINDS, Facts, ItemKind
from courses.programmes.models import Reason
from courses.programmes.settling import settle_people


def _fields() -> dict[str, forms.Field]:
    return {
        "object": forms.ModelChoiceField(
            Certification.objects.in_use().order_by("title"), label=gettext_lazy("Certification")
        )
    }


def _facts(items: Sequence[Item]) -> dict[int, Facts]:
    found = Certification.objects.in_bulk([item.object_id for item in items if item.object_id])
    return {item.pk: _fact(item, found.get(item.object_id or 0)) for item in items}


def _fact(item: Item, certification: Certification | None) -> Facts:
    if certification is None:
        wanted = item.settings.get("wanted", "")
        title = _("Choose a certification: %(wanted)s") % {"wanted": wanted} if wanted else _("Choose a certification")
        return Facts(title, problems=(_("no certification is chosen yet"),))
    problems = (_("the certification is in the archive"),) if certification.archived_at else ()
    return Facts(str(certification), url=reverse("certification", args=[certification.pk]), problems=problems)


def _done(
    assignment: Assignment,  # noqa: ARG001 - whenever it was earned
    items: Sequence[Item],
    people: Collection[int],
    *,
    on: date,
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {item.object_id: set() for item in items if item.object_id}
    held = Certificate.objects.valid(on).filter(certification__in=found, person__in=people)
    for certification, person in held.values_list("certification_id", "person_id"):
        found[certification].add(person)
    return {item.pk: found.get(item.object_id or 0, set()) for item in items}


def _expiry(items: list[Item], people: Collection[int], on: date) -> dict[int, date]:
    """When the first of a person's certificates of these certifications expires."""
    wanted = [item.object_id for item in items if item.kind == "certification" and item.object_id]
    held = Certificate.objects.valid(on).filter(certification__in=wanted, person__in=people, expires_on__isnull=False)
    rows = held.order_by("-expires_on").values_list("person_id", "expires_on")
    return {person: expires_on for person, expires_on in rows if expires_on}


def settle_certified(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Registered after the awarding: a certificate may be the last thing that a programme asked for."""
    people = Enrolment.objects.filter(pk__in=enrolment_ids).values_list("person_id", flat=True)
    settle_people(people, "certification", at=at)


DUE_SOURCES.register("before_expiry", DueSource(_expiry, Reason.NO_CERTIFICATE, before=True))
ITEM_KINDS.register(
    "certification", ItemKind(gettext_lazy("Certification"), "certificate", facts=_facts, done=_done, fields=_fields)
)
