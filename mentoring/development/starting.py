"""What an agreed plan sets going, and how its actions get done by themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from courses.curriculum.models import CourseStatus
from courses.enrolment.actions import enrol
from courses.models import Enrolment
from mentoring.development.models import ActionKind, DevelopmentPlan, PlanAction
from mentoring.pairings.models import Pairing
from mentoring.rotation.models import Rotation, RotationState


def start(plan: DevelopmentPlan, *, on: date) -> None:
    """Enrol the person in the courses that are not done since the plan began, and link the mentor there is."""
    for action in plan.actions.open().filter(kind=ActionKind.COURSE, enrolment=None).select_related("course"):
        if action.course is None or action.course.status != CourseStatus.PUBLISHED:
            continue
        completed = Enrolment.objects.filter(person=plan.person, course=action.course)
        done = completed.filter(completed_at__date__gte=plan.begins_on).order_by("completed_at").first()
        action.enrolment = done or enrol(plan.person, action.course, on=on, due_on=max(action.due_on, on))
        action.done_at = action.enrolment.completed_at
        action.save(update_fields=["enrolment", "done_at"])
    link_mentor(plan)


def link_mentor(plan: DevelopmentPlan) -> None:
    """The pairing that is open now is the one that was meant."""
    alone = plan.actions.open().filter(kind=ActionKind.MENTOR, pairing=None)
    if pairing := Pairing.objects.open().filter(mentee=plan.person_id).first():
        alone.update(pairing=pairing)


def _open(**lookups: Any) -> Any:
    return PlanAction.objects.open().filter(plan__closed_at=None, **lookups)


def courses_done(enrolment_ids: Sequence[int], _at: datetime) -> None:
    """Tick off what led to these completions."""
    moment = Enrolment.objects.filter(pk=OuterRef("enrolment")).values("completed_at")
    _open(enrolment__in=list(enrolment_ids)).update(done_at=Subquery(moment))


def pairing_done(pairing: Pairing, at: datetime) -> None:
    """The time with a mentor is over."""
    meant = Q(pairing=pairing) | Q(pairing=None, kind=ActionKind.MENTOR, plan__person=pairing.mentee_id)
    begun = Q(plan__begins_on__lte=pairing.ended_on)
    _open().filter(meant, begun).update(done_at=at, pairing=pairing)


def rotations_done(rotation_ids: Sequence[int], at: datetime) -> None:
    """The weeks in the other team are over."""
    for rotation in Rotation.objects.filter(pk__in=rotation_ids, state=RotationState.FINISHED):
        _open(kind=ActionKind.ROTATION, offer=rotation.offer_id, plan__person=rotation.person_id).update(done_at=at)
