"""Development plans on the first page, and on the page of a person."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from mentoring.acts import OVERSEE_DEVELOPMENT, SEE_DEVELOPMENT
from mentoring.development.models import DevelopmentPlan, PlanAction, PlanReview
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User
from trainingsite.people.staff import panels as person_panels

SHOWN = 4
AHEAD = timedelta(days=14)


def _whole() -> Any:
    """Plans with what is next: `open_actions` and the reviews that are `coming`."""
    return (
        DevelopmentPlan.objects.open()
        .with_numbers()
        .select_related("person", "partner")
        .prefetch_related(
            Prefetch("actions", PlanAction.objects.open().order_by("due_on", "pk"), to_attr="open_actions")
        )
    )


def mine(user: User, day: date) -> dict[str, Any]:
    """The own plan: whether to agree, the next review, the next action."""
    plan = _whole().filter(person=user).first()
    return {"plan": plan, "action": next(iter(plan.open_actions), None), "day": day} if plan else {}


def partnered(user: User, day: date) -> dict[str, Any]:
    """The plans that wait for the user as the partner: to agree on, or with a review within two weeks."""
    plans = DevelopmentPlan.objects.open().filter(partner=user)
    to_agree = plans.filter(partner_agreed_at=None, person_agreed_at__isnull=False).select_related("person")
    waiting = PlanReview.objects.waiting(day + AHEAD).filter(plan__partner=user).select_related("plan__person")
    agreeing = list(to_agree.order_by("pk")[:SHOWN])
    reviews = list(waiting.order_by("due_on", "pk")[:SHOWN])
    return {"to_agree": agreeing, "reviews": reviews, "day": day} if agreeing or reviews else {}


def plan_of(viewer: User, person: User, day: date) -> dict[str, Any]:
    plan = _whole().filter(person=person).filter(pk__in=DevelopmentPlan.objects.visible_to(viewer)).first()
    return {"plan": plan, "action": next(iter(plan.open_actions), None), "day": day} if plan else {}


PANELS.register("development", Panel(SEE_DEVELOPMENT, "mentoring/development/panel_mine.html", mine, order=54))
PANELS.register(
    "development.partner", Panel(OVERSEE_DEVELOPMENT, "mentoring/development/panel_partner.html", partnered, order=36)
)
person_panels.PERSON_PANELS.register(
    "development",
    person_panels.Panel(OVERSEE_DEVELOPMENT, "mentoring/development/panel_person.html", plan_of, order=60),
)
