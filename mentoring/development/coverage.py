"""Who has a plan and who has none, among the people whom somebody sees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from mentoring.development.models import DevelopmentPlan, PlanReview
from trainingsite.people.access.roles import Role
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.models import PersonQuerySet


@dataclass(frozen=True)
class Coverage:
    """How many people there are, have a plan, have an agreed one, and wait for a review that is overdue."""

    people: int
    planned: int
    agreed: int
    overdue: int

    @property
    def without(self) -> int:
        return self.people - self.planned

    @property
    def ratio(self) -> float | None:
        return self.planned / self.people if self.people else None


def asked_to_plan(user: User, *, on: date) -> PersonQuerySet:
    """The trainees at work whom the user sees, without the user."""
    trainee = RoleGrant.objects.filter(user=OuterRef("pk"), role=Role.TRAINEE)
    found: PersonQuerySet = User.objects.employed(on).filter(people_seen_by(user), Exists(trainee), is_active=True)
    return found.exclude(pk=user.pk)


def without_plan(user: User, *, on: date) -> PersonQuerySet:
    """Those of them who have no plan that goes on."""
    plans = DevelopmentPlan.objects.open().filter(person=OuterRef("pk"))
    return asked_to_plan(user, on=on).filter(~Exists(plans))


def coverage(user: User, *, on: date) -> Coverage:
    """The numbers, in one query."""
    plans = DevelopmentPlan.objects.open().filter(person=OuterRef("pk"))
    late = PlanReview.objects.filter(plan__person=OuterRef("pk"), plan__closed_at=None, held_on=None, due_on__lt=on)
    people = asked_to_plan(user, on=on).annotate(
        has_plan=Exists(plans), has_agreed=Exists(plans.agreed()), is_late=Exists(late)
    )
    counts = people.order_by().aggregate(
        people=Count("pk"),
        planned=Count("pk", filter=Q(has_plan=True)),
        agreed=Count("pk", filter=Q(has_agreed=True)),
        overdue=Count("pk", filter=Q(is_late=True)),
    )
    return Coverage(**counts)
