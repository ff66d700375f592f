"""Propose somebody for a step, decide on it, and put the person into the new job on the day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.careers import telling
from mentoring.careers.closing import lapse, take_off
from mentoring.careers.models import CareerStep, Nomination, NominationState
from mentoring.careers.requirements import standing_of
from trainingsite.core.days import company_day
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.core.one_by_one import one_by_one
from trainingsite.people.models import User
from trainingsite.people.staff.actions import change_person

NAMES = ("person", "nominated_by", "step__from_position", "step__to_position")


@transaction.atomic
def nominate(
    person: User, step: CareerStep, *, reason: str, by: User, at: datetime, justification: str = ""
) -> Nomination:
    """Propose the person for the step; what is met now is kept with it. What is missing has to be justified.

    Refused for oneself, for who is not in the job that the step leads from, and while another one is under way.
    """
    step = CareerStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step.pk)
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if person.pk == by.pk:
        raise Refused(_("Nobody nominates oneself."), code="own_nomination")
    _check_possible(person, step, on=company_day(at))
    if step.nominations.open().filter(person=person).exists():
        text = _("%(name)s is nominated for this step already, and waits for a decision.") % {"name": person}
        raise Refused(text, code="nominated_already")
    if not reason.strip():
        raise Refused(_("Say why, for those who decide."), field="reason", code="reason_missing")
    standing = standing_of(person, step, at=at)
    if not standing.is_ready and not justification.strip():
        missing = listed(condition.text for condition in standing.missing)
        text = _("This is missing: %(missing)s. Say why it should be in spite of that.") % {"missing": missing}
        raise Refused(text, field="justification", code="justification_missing")
    nomination = Nomination(person=person, step=step, nominated_by=by, nominated_at=at, reason=reason.strip())
    nomination.justification = "" if standing.is_ready else justification.strip()
    nomination.standing = standing.kept()
    nomination.save()
    telling.tell_nominated(nomination)
    return nomination


@transaction.atomic
def approve(nomination: Nomination, *, effective_on: date, by: User, at: datetime, note: str = "") -> Nomination:
    """Let the promotion take effect on the day, at once when it is today."""
    found, today = _locked(nomination), company_day(at)
    _check_decidable(found, by)
    if effective_on < today:
        raise Refused(_("The earliest day is today."), field="effective_on", code="effective_past")
    _check_possible(found.person, found.step, on=effective_on)
    _decide(found, NominationState.APPROVED, by=by, at=at, note=note, effective_on=effective_on)
    telling.tell_approved(found)
    if effective_on <= today:
        _put_into_place(found, on=today, at=at)
    return found


@transaction.atomic
def decline(nomination: Nomination, *, reason: str, by: User, at: datetime) -> Nomination:
    """Say no, with a reason that who nominated reads; the person is not told."""
    found = _locked(nomination)
    _check_decidable(found, by)
    if not reason.strip():
        raise Refused(_("Say why, for those who nominated."), field="reason", code="reason_missing")
    _decide(found, NominationState.DECLINED, by=by, at=at, note=reason)
    telling.tell_declined(found)
    return found


@transaction.atomic
def withdraw(nomination: Nomination, *, by: User, at: datetime, reason: str = "") -> Nomination:
    """Take a nomination back before it is decided; only who nominated does. A repeat changes nothing."""
    found = _locked(nomination)
    if found.nominated_by_id != by.pk:
        raise Refused(_("Only who nominated takes it back."), code="not_yours")
    if found.state == NominationState.WITHDRAWN:
        return found
    _check_open(found)
    _decide(found, NominationState.WITHDRAWN, by=by, at=at, note=reason)
    telling.tell_withdrawn(found)
    return found


@transaction.atomic
def call_off(nomination: Nomination, *, reason: str, by: User, at: datetime) -> Nomination:
    """Take an approval back before its day; the person, who was told of it, is told of that too."""
    found = _locked(nomination)
    if found.state != NominationState.APPROVED or found.applied_at:
        raise Refused(_("Only what is approved and has not taken effect yet is called off."), code="not_coming")
    if found.person_id == by.pk:
        raise Refused(_("Nobody decides on the own nomination."), code="own_nomination")
    if not reason.strip():
        raise Refused(_("Say why, for those who were told."), field="reason", code="reason_missing")
    telling.tell_called_off(found)
    return lapse(found, reason.strip(), at=at)


def apply_due(*, at: datetime) -> int:
    """Put those into their new jobs whose day has come; returns how many. A repeat finds none."""
    day = company_day(at)
    due = Nomination.objects.coming().filter(effective_on__lte=day).order_by("effective_on", "pk")
    return one_by_one(due, lambda nomination: int(_apply(nomination, on=day, at=at)), what="promotion")


@transaction.atomic
def _apply(nomination: Nomination, *, on: date, at: datetime) -> bool:
    found = _locked(nomination)
    if found.state != NominationState.APPROVED or found.applied_at:
        return False
    return _put_into_place(found, on=on, at=at)


def _put_into_place(nomination: Nomination, *, on: date, at: datetime) -> bool:
    """Change the person's job, unless something stands against it by now: then the nomination lapses."""
    step, person = nomination.step, nomination.person
    if against := _against(person, step, on=on):
        lapse(nomination, against, at=at)
        return False
    change_person(
        person, by=nomination.decided_by, on=on, position=step.to_position, grade=step.to_grade or person.grade
    )
    nomination.applied_at = at
    nomination.save(update_fields=["applied_at"])
    take_off(person.reserves.listed().filter(step=step), reason=_("Took the step."), at=at)
    telling.tell_applied(nomination)
    return True


def _against(person: User, step: CareerStep, *, on: date) -> str:
    """Why the person cannot take the step on the day, "" when nothing is against it."""
    if person.left_on is not None and person.left_on <= on:
        words = {"name": person, "day": date_format(person.left_on, "SHORT_DATE_FORMAT")}
        return _("%(name)s leaves on %(day)s.") % words
    if person.is_service or not person.is_active:
        return _("%(name)s does not work here.") % {"name": person}
    if not step.is_from(person):
        return _("%(name)s is not in the job that the step leads from.") % {"name": person}
    return ""


def _check_possible(person: User, step: CareerStep, *, on: date) -> None:
    if step.retired_at:
        raise Refused(_("This step is out of use."), code="step_retired")
    if against := _against(person, step, on=on):
        raise Refused(against, code="not_in_job")
    coming = person.nominations.coming().select_related("step__from_position", "step__to_position").first()
    if coming is not None:
        words = {"name": person, "step": coming.step}
        raise Refused(_("For %(name)s another step is approved already: %(step)s.") % words, code="approved_already")


def _check_open(nomination: Nomination) -> None:
    if nomination.state != NominationState.OPEN:
        words = {"state": NominationState(nomination.state).label}
        raise Refused(_("This is decided already: %(state)s.") % words, code="decided_already")


def _check_decidable(nomination: Nomination, by: User) -> None:
    _check_open(nomination)
    if nomination.person_id == by.pk:
        raise Refused(_("Nobody decides on the own nomination."), code="own_nomination")


def _locked(nomination: Nomination) -> Nomination:
    return Nomination.objects.select_for_update(of=("self",)).select_related(*NAMES).get(pk=nomination.pk)


def _decide(nomination: Nomination, state: NominationState, *, by: User, at: datetime, **fields: Any) -> None:
    fields["decision_note"] = fields.pop("note", "").strip()
    changed = {"state": state, "decided_by": by, "decided_at": at, **fields}
    for name, value in changed.items():
        setattr(nomination, name, value)
    nomination.save(update_fields=list(changed))
