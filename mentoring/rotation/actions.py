"""Apply for a rotation, decide on it, withdraw, stop it early."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.rotation.deciders import asked_about
from mentoring.rotation.models import Rotation, RotationOffer, RotationState, RotationTask
from mentoring.rotation.notices import tell, tell_applied, tell_decided
from mentoring.rotation.offers import open_to
from mentoring.rotation.rights import decides_on, may_stop
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_REASON = 300
SHORTEST_WISH = 4
_ENDED = (RotationState.DECLINED, RotationState.WITHDRAWN, RotationState.STOPPED)


@transaction.atomic
def apply(offer: RotationOffer, person: User, *, wish: str, at: datetime) -> Rotation:
    """Ask for a place; a repeat returns the application that there is."""
    found = RotationOffer.objects.select_for_update().get(pk=offer.pk)
    present = found.rotations.filter(person=person).exclude(state__in=_ENDED).first()
    if present:
        return present
    if len(wish.strip()) < SHORTEST_WISH:
        raise Refused(_("Say what you want to learn there."), field="wish", code="wish_missing")
    _check_applying(found, person, company_day(at))
    rotation = Rotation(offer=found, person=person, wish=wish.strip(), applied_at=at, host_id=found.host_id)
    rotation.begins_on, rotation.ends_on = found.begins_on, found.ends_on
    rotation.save()
    tell_applied(rotation)
    return rotation


def _check_applying(offer: RotationOffer, person: User, on: date) -> None:
    if offer.withdrawn_at:
        raise Refused(_("This offer was withdrawn."), code="offer_withdrawn")
    if offer.apply_by < on:
        day = date_format(offer.apply_by, "DATE_FORMAT")
        raise Refused(_("People could apply until %(day)s.") % {"day": day}, code="too_late")
    if offer.host_id == person.pk:
        raise Refused(_("You look after those who come; you cannot be one of them."), code="own_host")
    if not User.objects.employed(on).filter(pk=person.pk).exists() or offer.pk not in open_to(person, [offer], on=on):
        raise Refused(_("This offer is for other people."), code="outside_audience")
    if offer.rotations.standing().count() >= offer.places:
        raise Refused(_("All places are given."), code="no_place")
    _check_free(offer.begins_on, offer.ends_on, person)


def _check_free(begins_on: date, ends_on: date, person: User) -> None:
    """One rotation of a person at a time."""
    taken = Rotation.objects.standing().filter(person=person, begins_on__lte=ends_on, ends_on__gte=begins_on)
    if other := taken.select_related("offer").order_by("begins_on").first():
        raise Refused(
            _("%(name)s is in another rotation then: %(title)s, %(first)s to %(last)s.")
            % {
                "name": person,
                "title": other.offer,
                "first": date_format(other.begins_on, "DATE_FORMAT"),
                "last": date_format(other.ends_on, "DATE_FORMAT"),
            },
            code="in_another_rotation",
        )


def locked(rotation: Rotation) -> Rotation:
    """The present row, locked, with what notices need."""
    rows = Rotation.objects.select_for_update(of=("self",)).select_related("offer", "person__department", "host")
    return rows.get(pk=rotation.pk)


@transaction.atomic
def approve(rotation: Rotation, *, by: User, at: datetime, note: str = "") -> Rotation:
    """Give the place, and the plan its days. The offer is locked, so that two at once do not give one place twice."""
    offer = RotationOffer.objects.select_for_update().get(pk=rotation.offer_id)
    found = locked(rotation)
    if found.state == RotationState.APPROVED:
        return found
    _check_deciding(found, by)
    if found.ends_on < company_day(at):
        raise Refused(_("These days are over."), code="days_over")
    if offer.withdrawn_at:
        raise Refused(_("This offer was withdrawn."), code="offer_withdrawn")
    if offer.rotations.standing().count() >= offer.places:
        raise Refused(_("All places are given."), code="no_place")
    _check_free(found.begins_on, found.ends_on, found.person)
    _decide(found, RotationState.APPROVED, by, at, note)
    _plan(found)
    return found


@transaction.atomic
def decline(rotation: Rotation, *, by: User, at: datetime, reason: str) -> Rotation:
    """Say no, with the reason that the person reads."""
    found = locked(rotation)
    if found.state == RotationState.DECLINED:
        return found
    _check_deciding(found, by)
    _decide(found, RotationState.DECLINED, by, at, said(reason))
    return found


def _check_deciding(rotation: Rotation, by: User) -> None:
    if rotation.person_id == by.pk:
        raise Refused(_("Nobody decides on the own application."), code="own_application")
    if not decides_on(rotation, by):
        raise Refused(_("HR and supervisors decide on applications."), code="not_yours")
    if rotation.state != RotationState.APPLIED:
        raise Refused(_("This was decided already."), code="decided")


def said(reason: str) -> str:
    """The reason, which has to be there."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    return reason.strip()[:LONGEST_REASON]


def _decide(rotation: Rotation, state: RotationState, by: User, at: datetime, note: str) -> None:
    rotation.state, rotation.decided_by, rotation.decided_at, rotation.decision_note = state, by, at, note.strip()
    try:
        with transaction.atomic():
            rotation.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    except IntegrityError:  # two approvals of one person at the same moment
        _check_free(rotation.begins_on, rotation.ends_on, rotation.person)
        raise
    tell_decided(rotation)


def _plan(rotation: Rotation) -> None:
    """The tasks of the offer, each with its day."""
    RotationTask.objects.bulk_create(
        RotationTask(
            rotation=rotation,
            position=task.position,
            text=task.text,
            due_on=min(date.fromordinal(rotation.begins_on.toordinal() + task.after_days), rotation.ends_on),
        )
        for task in rotation.offer.tasks.all()
    )


@transaction.atomic
def withdraw(rotation: Rotation, *, by: User, at: datetime) -> Rotation:
    """The person does not want to go after all; who has begun has to be stopped, with a reason."""
    found = locked(rotation)
    if found.state == RotationState.WITHDRAWN:
        return found
    if found.person_id != by.pk:
        raise Refused(_("Only the person withdraws an application."), code="not_yours")
    if found.state not in (RotationState.APPLIED, RotationState.APPROVED):
        raise Refused(_("This was decided already."), code="decided")
    if found.state == RotationState.APPROVED and found.begins_on <= company_day(at):
        raise Refused(_("It has begun; talk to your host or supervisor."), code="begun")
    was_approved, found.state, found.finished_at = found.state == RotationState.APPROVED, RotationState.WITHDRAWN, at
    found.save(update_fields=["state", "finished_at"])
    if was_approved:
        tell(found, [found.host_id], "rotation_host", "withdrawn")
    else:
        tell(found, asked_about(found.person), "rotation_applied", "withdrawn")
    return found


@transaction.atomic
def stop(rotation: Rotation, *, by: User, at: datetime, reason: str) -> Rotation:
    """End it before its last day, with a reason; the days that are left are free for another."""
    found, on = locked(rotation), company_day(at)
    if found.state == RotationState.STOPPED:
        return found
    if found.state != RotationState.APPROVED:
        raise Refused(_("This rotation does not go on."), code="not_going")
    if found.person_id == by.pk:
        raise Refused(_("The host or a supervisor stops it."), code="own_rotation")
    if not may_stop(found, by):
        raise Refused(_("The host or a supervisor stops it."), code="not_yours")
    found.decision_note, found.state, found.finished_at = said(reason), RotationState.STOPPED, at
    found.decided_by, found.decided_at = by, at
    found.ends_on = min(found.ends_on, max(on, found.begins_on))
    found.save(update_fields=["decision_note", "state", "finished_at", "decided_by", "decided_at", "ends_on"])
    tell_decided(found)
    tell(found, {found.host_id} - {by.pk}, "rotation_host", "stopped")
    return found
