"""The reviews of a plan: scheduled every three months, held, reminded of, escalated."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import MONTHLY, rrule
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.development.models import DevelopmentPlan, PlanReview
from mentoring.development.notices import tell
from mentoring.development.rights import may_review
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User

MONTHS = 3
SHORTEST_MONTH = 28
NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Talk:
    """What is noted of a review."""

    held_on: date
    note: str
    next_steps: str = ""


def review_days(begins_on: date, ends_on: date) -> list[date]:
    """Every three months after the first day, on the same day of the month or its last one; else the last day."""
    month_days = range(min(begins_on.day, SHORTEST_MONTH), begins_on.day + 1)
    rule = rrule(MONTHLY, dtstart=begins_on, until=ends_on, interval=MONTHS, bymonthday=month_days, bysetpos=-1)
    return [day.date() for day in rule if day.date() > begins_on] or [ends_on]


def schedule(plan: DevelopmentPlan) -> None:
    """Plan the reviews that are to come; those that were held stay, and no day before the last of them is planned."""
    held = list(plan.reviews.exclude(held_on=None).values_list("due_on", flat=True))
    plan.reviews.filter(held_on=None).delete()
    wanted = [day for day in review_days(plan.begins_on, plan.ends_on) if not held or day > max(held)]
    PlanReview.objects.bulk_create(PlanReview(plan=plan, due_on=day) for day in wanted)


@transaction.atomic
def hold(review: PlanReview, talk: Talk, *, by: User, at: datetime) -> PlanReview:
    """Note what was said; open actions that should be done by then are carried on to the next review."""
    plan = DevelopmentPlan.objects.select_for_update().get(pk=review.plan_id)
    found = PlanReview.objects.select_for_update().get(pk=review.pk)
    _check(plan, found, talk, by, company_day(at))
    found.held_on, found.by, found.note, found.next_steps = talk.held_on, by, talk.note.strip(), talk.next_steps.strip()
    found.save(update_fields=["held_on", "by", "note", "next_steps"])
    carry_on(plan, talk.held_on)
    people = {plan.person_id, plan.partner_id} - {by.pk}
    tell(plan, people, "plan_review_held", str(found.pk), note=found.next_steps)
    return found


def carry_on(plan: DevelopmentPlan, day: date) -> int:
    """Open actions that were due by the day are due at the next review, or at the end of the plan; how many."""
    coming = plan.reviews.filter(held_on=None, due_on__gt=day).order_by("due_on").first()
    until = coming.due_on if coming else plan.ends_on
    return plan.actions.open().filter(due_on__lte=day, due_on__lt=until).update(due_on=until)


def _check(plan: DevelopmentPlan, review: PlanReview, talk: Talk, by: User, on: date) -> None:
    if plan.closed_at:
        raise Refused(_("This plan is closed."), code="plan_closed")
    if not may_review(by, plan):
        raise Refused(_("The partner or who leads the person holds the review."), code="not_yours")
    if review.held_on:
        raise Refused(_("This review was held already."), field="held_on", code="held")
    if talk.held_on > on:
        raise Refused(_("The day has not come yet."), field="held_on", code="held_in_future")
    if talk.held_on < plan.begins_on:
        raise Refused(_("That is before the plan began."), field="held_on", code="held_before_begin")
    if plan.reviews.filter(held_on=talk.held_on).exists():
        raise Refused(_("A review was held on this day already."), field="held_on", code="held_twice_a_day")
    if not talk.note.strip():
        raise Refused(_("Say what was said."), field="note", code="note_missing")


@transaction.atomic
def remind(*, on: date) -> int:
    """Tell both a week before, and HR once when the day has passed; returns the new notices."""
    rows = PlanReview.objects.waiting(on + NEAR).select_related("plan__person")
    reviews = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("due_on", "pk"))
    late = [review for review in reviews if review.due_on < on]
    told = sum(_near(review, on) for review in reviews if review.reminded_on is None)
    if not late:
        return told
    grants = RoleGrant.objects.filter(role=Role.HR, user__is_active=True)
    hr = list(grants.order_by("user_id").values_list("user_id", flat=True).distinct())
    return told + sum(_late(review, hr) for review in late)


def _near(review: PlanReview, on: date) -> int:
    review.reminded_on = on
    review.save(update_fields=["reminded_on"])
    if review.due_on < on:
        return 0  # it was never near for those whose plan began in the past; that it is late is said by itself
    people = [review.plan.person_id, review.plan.partner_id]
    return tell(review.plan, people, "plan_review_near", str(review.due_on), day=review.due_on)


def _late(review: PlanReview, hr: list[int]) -> int:
    people = [review.plan.partner_id, *hr]
    return tell(review.plan, people, "plan_review_late", str(review.due_on), day=review.due_on)
