"""The actions of a plan: add, change, remove, tick off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.learning_paths.catalogue import FRESH
from courses.models import Competency, Course, Enrolment
from mentoring.development.actions import changed, locked
from mentoring.development.models import ActionKind, DevelopmentPlan, PlanAction
from mentoring.development.rights import may_change
from mentoring.pairings.models import Pairing
from mentoring.rotation.models import RotationOffer
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_TEXT = 200
LONGEST_RESULT = 300
NAMES = ("kind", "text", "due_on", "competency", "course", "pairing", "offer")


@dataclass(frozen=True)
class ActionDraft:
    """One thing to do; what does not belong to its kind is left out."""

    kind: ActionKind
    text: str
    due_on: date
    competency: Competency | None = None
    course: Course | None = None
    pairing: Pairing | None = None
    offer: RotationOffer | None = None

    def of_its_kind(self) -> "ActionDraft":
        """Only with what its kind leads to; a course gives its own title where there is no text."""
        course = self.course if self.kind == ActionKind.COURSE else None
        pairing = self.pairing if self.kind == ActionKind.MENTOR else None
        offer = self.offer if self.kind == ActionKind.ROTATION else None
        text = self.text.strip() or str(course or offer or "")
        return ActionDraft(self.kind, text[:LONGEST_TEXT], self.due_on, self.competency, course, pairing, offer)


@transaction.atomic
def add_actions(plan: DevelopmentPlan, drafts: list[ActionDraft], *, by: User, at: datetime) -> list[PlanAction]:
    """Put them into the plan; what was agreed has to be agreed again. The same open action is there once."""
    found = locked(plan, by)
    added = []
    for draft in drafts:
        own = draft.of_its_kind()
        _check(found, own, at)
        values = {name: getattr(own, name) for name in NAMES}
        if not found.actions.open().filter(**_same(own)).exists():
            added.append(found.actions.create(**values))
    if added:
        changed(found, by=by, at=at)
    return added


def _same(draft: ActionDraft) -> dict[str, object]:
    """What makes two actions the same: the course, else kind and text."""
    return {"course": draft.course} if draft.course else {"kind": draft.kind, "text": draft.text}


@transaction.atomic
def change_action(action: PlanAction, draft: ActionDraft, *, by: User, at: datetime) -> PlanAction:
    """Change what is not done; both are asked again."""
    plan = locked(action.plan, by)
    found = _still_open(plan, action)
    own = draft.of_its_kind()
    _check(plan, own, at, found)
    before = {name: getattr(found, name) for name in NAMES}
    values = {name: getattr(own, name) for name in NAMES}
    if values == before:
        return found
    if own.course != found.course:
        found.enrolment = None
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    changed(plan, by=by, at=at)
    return found


@transaction.atomic
def remove_action(action: PlanAction, *, by: User, at: datetime) -> None:
    """Take out what is not done; an enrolment that it led to stays. A repeat changes nothing."""
    plan = locked(action.plan, by)
    if not plan.actions.filter(pk=action.pk).exists():
        return
    _still_open(plan, action).delete()
    changed(plan, by=by, at=at)


def _still_open(plan: DevelopmentPlan, action: PlanAction) -> PlanAction:
    found: PlanAction = plan.actions.with_links().get(pk=action.pk)
    if found.done_at:
        raise Refused(_("What is done stays in the plan."), code="done")
    return found


def _check(plan: DevelopmentPlan, draft: ActionDraft, at: datetime, present: PlanAction | None = None) -> None:
    """Refuse it for the first thing that is wrong with it."""
    for problem in problems(plan, draft, at, present):
        raise problem


def problems(
    plan: DevelopmentPlan, draft: ActionDraft, at: datetime, present: PlanAction | None = None
) -> Iterator[Refused]:
    """All that is wrong with a draft that has only what its kind leads to; `present` is the action that it changes."""
    if draft.kind == ActionKind.COURSE and draft.course is None:
        yield Refused(_("Choose the course."), field="course", code="course_missing")
    elif not draft.text:
        yield Refused(_("Say what is to be done."), field="text", code="text_missing")
    if draft.course and (present is None or present.course != draft.course):
        yield from _learnt(plan, draft.course, at)
    if not plan.begins_on <= draft.due_on <= plan.ends_on:
        yield Refused(_("Choose a day within the plan."), field="due_on", code="due_outside_plan")
    if draft.pairing and draft.pairing.mentee_id != plan.person_id:
        yield Refused(_("This pairing is somebody else's."), field="pairing", code="foreign_pairing")
    if draft.competency and draft.competency.retired_at:
        yield Refused(_("This competency is retired."), field="competency", code="competency_retired")


def learnt_lately(person_id: int, at: datetime) -> dict[int, datetime]:
    """The courses that the person need not take again yet, as for suggested paths, and when they were completed."""
    done = Enrolment.objects.completed().filter(person=person_id, withdrawn_at=None)
    rows = done.filter(completed_at__lte=at, completed_at__date__gt=company_day(at) - FRESH)
    return {
        course: moment
        for course, moment in rows.order_by("completed_at").values_list("course", "completed_at")
        if moment
    }


def _learnt(plan: DevelopmentPlan, course: Course, at: datetime) -> Iterator[Refused]:
    if done := learnt_lately(plan.person_id, at).get(course.pk):
        words = {"name": plan.person, "day": date_format(company_day(done), "DATE_FORMAT")}
        text = _("%(name)s completed this course on %(day)s already. Choose another.") % words
        yield Refused(text, field="course", code="course_done")


@transaction.atomic
def finish_action(action: PlanAction, *, by: User, at: datetime, result: str = "", done: bool = True) -> PlanAction:
    """Tick it off with a word on the result, or take the tick away; the person or the partner of an agreed plan does.

    A course, a pairing and a rotation are done by themselves.
    """
    plan = (
        DevelopmentPlan.objects.select_for_update(of=("self",))
        .select_related("person__department")
        .get(pk=action.plan_id)
    )
    found = PlanAction.objects.get(pk=action.pk)
    if not may_change(by, plan) or by.pk not in (plan.person_id, plan.partner_id):
        raise Refused(_("The person or the partner ticks it off."), code="not_yours")
    if not plan.is_agreed:
        raise Refused(_("Both agree on the plan first."), code="not_agreed")
    if found.follows:
        raise Refused(_("This is done by itself, with what it leads to."), code="follows")
    if company_day(at) < plan.begins_on:
        raise Refused(_("The plan has not begun yet."), code="not_begun")
    if done != bool(found.done_at):
        found.done_at, found.result = (at, result.strip()[:LONGEST_RESULT]) if done else (None, "")
        found.save(update_fields=["done_at", "result"])
    return found
