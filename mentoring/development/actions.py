"""Make a development plan, change it, agree on it, close it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring.careers.models import CareerStep
from mentoring.development.models import DevelopmentPlan
from mentoring.development.notices import tell
from mentoring.development.reviews import schedule
from mentoring.development.rights import leads, may_change, may_review
from mentoring.development.starting import start
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_DAYS = 3 * 366


@dataclass(frozen=True)
class Draft:
    """What a plan says besides its actions."""

    begins_on: date
    ends_on: date
    partner: User | None
    wishes: str = ""
    appraisal: str = ""
    step: CareerStep | None = None


@transaction.atomic
def open_plan(person: User, draft: Draft, *, by: User) -> DevelopmentPlan:
    """Begin a plan, with a review every three months; the other side is told."""
    if by.pk != person.pk and not leads(by, person):
        raise Refused(_("The person or who leads the person makes a plan."), code="not_yours")
    _check(person, draft)
    plan = DevelopmentPlan(person=person)
    _put(plan, draft)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise Refused(_("%(name)s has an open plan already.") % {"name": person}, code="has_plan") from error
    schedule(plan)
    tell(plan, {plan.person_id, plan.partner_id} - {by.pk}, "plan_opened", "opened")
    return plan


def _put(plan: DevelopmentPlan, draft: Draft) -> None:
    for name in ("begins_on", "ends_on", "partner", "step"):
        setattr(plan, name, getattr(draft, name))
    plan.wishes, plan.appraisal = draft.wishes.strip(), draft.appraisal.strip()


def _check(person: User, draft: Draft) -> None:
    if draft.ends_on <= draft.begins_on:
        raise Refused(_("The last day comes before the first."), field="ends_on", code="ends_before_begin")
    if (draft.ends_on - draft.begins_on).days > LONGEST_DAYS:
        raise Refused(_("A plan lasts at most three years."), field="ends_on", code="too_long")
    if draft.partner and draft.partner.pk == person.pk:
        raise Refused(_("Nobody agrees with oneself."), field="partner", code="own_partner")
    if draft.partner and not draft.partner.is_active:
        words = {"name": draft.partner}
        raise Refused(_("%(name)s does not work here.") % words, field="partner", code="partner_left")


@transaction.atomic
def edit_plan(plan: DevelopmentPlan, draft: Draft, *, by: User, at: datetime) -> DevelopmentPlan:
    """Change what it says; both are asked again. Actions have to be within the days; held reviews stay."""
    found = locked(plan, by)
    _check(found.person, draft)
    if late := found.actions.open().filter(due_on__gt=draft.ends_on).first():
        text = _("“%(action)s” is due after that day.") % {"action": late.text}
        raise Refused(text, field="ends_on", code="action_after_end")
    before = {name: getattr(found, name) for name in _NAMES}
    _put(found, draft)
    if before != {name: getattr(found, name) for name in _NAMES}:
        found.save()
        schedule(found)
        changed(found, by=by, at=at)
    return found


_NAMES = ("begins_on", "ends_on", "partner", "step", "wishes", "appraisal")


def locked(plan: DevelopmentPlan, by: User) -> DevelopmentPlan:
    """The plan's present row, locked; refused to whom it does not concern, and when it is closed."""
    rows = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("person__department", "partner")
    found = rows.get(pk=plan.pk)
    if found.closed_at:
        raise Refused(_("This plan is closed."), code="plan_closed")
    if not may_change(by, found):
        raise Refused(_("The person, the partner or who leads the person changes a plan."), code="not_yours")
    return found


def changed(plan: DevelopmentPlan, *, by: User, at: datetime) -> None:
    """What was agreed holds no longer: both are asked again, and whoever did not change it is told."""
    if plan.person_agreed_at is None and plan.partner_agreed_at is None:
        return
    plan.person_agreed_at = plan.partner_agreed_at = None
    plan.save(update_fields=["person_agreed_at", "partner_agreed_at"])
    tell(plan, {plan.person_id, plan.partner_id} - {by.pk}, "plan_to_agree", at.isoformat())


@transaction.atomic
def agree(plan: DevelopmentPlan, *, by: User, at: datetime) -> DevelopmentPlan:
    """Say yes as the person or as the partner; with both the actions begin. A repeat changes nothing."""
    found = locked(plan, by)
    side = {found.person_id: "person_agreed_at", found.partner_id: "partner_agreed_at"}.get(by.pk)
    if side is None:
        raise Refused(_("The person and the partner agree."), code="not_asked")
    if found.partner_id is None:
        raise Refused(_("Say first with whom it is agreed."), field="partner", code="no_partner")
    if not found.actions.exists():
        raise Refused(_("Add at least one action first."), code="no_action")
    if getattr(found, side) is not None:
        return found
    setattr(found, side, at)
    found.save(update_fields=[side])
    if found.is_agreed:
        start(found, on=company_day(at))
        tell(found, [found.person_id, found.partner_id], "plan_agreed", at.isoformat())
    else:
        tell(found, {found.person_id, found.partner_id} - {by.pk}, "plan_to_agree", at.isoformat())
    return found


@transaction.atomic
def close_plan(plan: DevelopmentPlan, *, note: str, by: User, at: datetime) -> DevelopmentPlan:
    """End the plan with a word on what came of it; open actions and reviews are left as they are. Repeatable."""
    present = DevelopmentPlan.objects.get(pk=plan.pk)
    if present.closed_at:
        return present
    found = locked(plan, by)
    if not may_review(by, found):
        raise Refused(_("The partner or who leads the person closes a plan."), code="not_yours")
    if not note.strip():
        raise Refused(_("Say what came of it."), field="note", code="note_missing")
    found.closed_at, found.closing_note = at, note.strip()
    found.save(update_fields=["closed_at", "closing_note"])
    tell(found, {found.person_id, found.partner_id} - {by.pk}, "plan_closed", "closed", note=found.closing_note)
    return found
