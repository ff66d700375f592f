"""Make checklists; show, sign off, take back. Each is a fact behind the ones before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.acts import SIGN_OFF
from courses.checklists.hooks import checked, signed
from courses.checklists.models import CheckItem, Checklist, Result, SignOff
from courses.checklists.notices import tell_complete, tell_not_yet
from courses.checklists.state import standing_of
from courses.curriculum.models import Unit
from courses.enrolment.actions import complete_unit, open_unit, required_units
from courses.enrolment.models import Enrolment, UnitProgress
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

CHECKLIST = "checklist"


@dataclass(frozen=True)
class ItemDraft:
    """An item as it was typed."""

    text: str
    hint: str = ""
    is_required: bool = True


def checklist_of(unit: Unit) -> Checklist:
    """The checklist of a unit of this kind; an empty one when the unit is new."""
    return Checklist.objects.get_or_create(unit=unit)[0]


@transaction.atomic
def save_checklist(checklist: Checklist, *, introduction: str, items: Sequence[ItemDraft]) -> Checklist:
    """Ask for exactly these items, in this order; one whose text stays is the same item."""
    checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    if len({draft.text for draft in items}) < len(items):
        raise Refused(_("Each item only once."), field="items", code="item_twice")
    gone = checklist.items.exclude(text__in=[draft.text for draft in items])
    if SignOff.objects.filter(item__in=gone).exists():
        raise Refused(_("Some of the items that were taken out are signed off already."), code="item_signed")
    checklist.introduction = introduction.strip()
    checklist.save(update_fields=["introduction"])
    gone.delete()
    known = {item.text: item for item in checklist.items.all()}
    for position, draft in enumerate(items):
        item = known.get(draft.text) or CheckItem(checklist=checklist, text=draft.text)
        item.position, item.hint, item.is_required = position, draft.hint, draft.is_required
        item.save()
    return checklist


@transaction.atomic
def mark_ready(enrolment: Enrolment, item: CheckItem, *, at: datetime) -> SignOff:
    """Say that one can show it; a repeat changes nothing, and what is signed off stays so."""
    enrolment = _locked(enrolment, item)
    open_unit(enrolment, item.checklist.unit, at=at)
    last = _last(enrolment, item)
    if last is not None and last.result != Result.NOT_YET:
        return last
    return SignOff.objects.create(enrolment=enrolment, item=item, result=Result.READY, by=enrolment.person, at=at)


@transaction.atomic
def sign(enrolment: Enrolment, item: CheckItem, result: str, *, by: User, at: datetime, note: str = "") -> SignOff:
    """Sign the item off, or say that it is not there yet; a repeat of the same result changes nothing.

    Only whoever sees the person and holds a role that signs may do it, and nobody for himself.
    """
    enrolment = _locked(enrolment, item)
    _check_signer(enrolment, by)
    if result not in {Result.DONE, Result.NOT_YET}:
        raise Refused(_("Say whether it is done or not yet."), field="result", code="bad_result")
    last = _last(enrolment, item)
    if last is not None and last.result == result:
        return last
    if last is not None and last.result == Result.DONE:
        text = _("%(name)s has signed this off already.") % {"name": last.by}
        raise Refused(text, code="signed_already")
    if result == Result.NOT_YET and not note.strip():
        raise Refused(_("Say what is still missing."), field="note", code="note_missing")
    made = SignOff.objects.create(enrolment=enrolment, item=item, result=result, by=by, at=at, note=note.strip())
    _follow(made, at)
    return made


def _follow(made: SignOff, at: datetime) -> None:
    if made.result == Result.NOT_YET:
        tell_not_yet(made)
        return
    unit = made.item.checklist.unit
    open_unit(made.enrolment, unit, at=at)
    signed(made, at)
    if standing_of(made.enrolment, made.item.checklist).is_complete:
        complete_unit(made.enrolment, unit, at=at)
        tell_complete(made)
        checked(made, at)


@transaction.atomic
def take_back(sign_off: SignOff, *, by: User, at: datetime) -> SignOff:
    """Take the own sign-off back on the same day, by a second fact; a completed course stays completed."""
    enrolment = _locked(sign_off.enrolment, sign_off.item)
    last = _last(enrolment, sign_off.item)
    if last is not None and last.result == Result.UNDONE and last.pk > sign_off.pk:
        return last
    if last is None or last.pk != sign_off.pk or last.result == Result.READY:
        raise Refused(_("Something was noted since; look at it again."), code="not_the_last")
    if sign_off.by_id != by.pk or timezone.localdate(sign_off.at) != timezone.localdate(at):
        raise Refused(_("Only who signed can take it back, and only on the same day."), code="too_late")
    unit = sign_off.item.checklist.unit
    UnitProgress.objects.filter(enrolment=enrolment, unit=unit).update(completed_at=None)
    made = SignOff.objects.create(enrolment=enrolment, item=sign_off.item, result=Result.UNDONE, by=by, at=at)
    signed(made, at)
    return made


def _locked(enrolment: Enrolment, item: CheckItem) -> Enrolment:
    """The enrolment, locked, so that facts of an item come one after the other; refuses what is no part of it."""
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrolment.pk)
    if not required_units(found).filter(pk=item.checklist.unit_id).exists():
        raise Refused(_("This item is not part of the course of this person."), field="item", code="item_of_other")
    if not found.is_open:
        raise Refused(_("The course is completed or was withdrawn; its checklist stays."), code="enrolment_not_open")
    return found


def _last(enrolment: Enrolment, item: CheckItem) -> SignOff | None:
    return SignOff.objects.filter(enrolment=enrolment, item=item).select_related("by").order_by("-pk").first()


def _check_signer(enrolment: Enrolment, by: User) -> None:
    if enrolment.person_id == by.pk:
        raise Refused(_("Nobody signs off the own work."), code="own_work")
    if not by.may(SIGN_OFF) or not Enrolment.objects.visible_to(by).filter(pk=enrolment.pk).exists():
        raise Refused(_("You do not sign off for this person."), code="not_yours")
