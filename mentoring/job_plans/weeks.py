"""What beat does for plans: tell mentee and mentor what is on when a week of the plan begins."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse

from mentoring.job_plans.models import JobPlan, JobTask
from mentoring.pairings.models import Pairing
from trainingsite.notices.actions import Message, notify

MISSED = timedelta(days=2)  # a week is still told of when beat stood still on its first day
KIND = "job_week_begins"


def tell_of_weeks(*, on: date) -> int:
    """Tell both of each open plan whose week begins, once a week; returns the number of new notices."""
    mentor = Pairing.objects.open().filter(mentee=OuterRef("mentee")).values("mentor")
    open_tasks = Prefetch("tasks", JobTask.objects.filter(done_on=None), to_attr="still_open")
    plans = JobPlan.objects.open().filter(started_on__lte=on).annotate(mentor_id=Subquery(mentor))
    return notify(
        message
        for plan in plans.select_related("mentee").prefetch_related(open_tasks).order_by("pk")
        for message in _messages(plan, on)
    )


def _messages(plan: JobPlan, on: date) -> Iterator[Message]:
    week = plan.week_of(on)
    tasks = [task for task in plan.still_open if task.week == week]  # type: ignore[attr-defined]  # prefetched
    mentor: int | None = plan.mentor_id  # type: ignore[attr-defined]  # annotated
    if mentor is None or not tasks or on - plan.begins(week) > MISSED:
        return
    facts = {"week": week, "n": len(tasks), "mentee": plan.mentee.name, "tasks": [task.text for task in tasks[:5]]}
    key, page = f"{KIND}:{plan.pk}:{week}", f"{reverse('job-plan', args=[plan.pk])}#week-{week}"
    yield Message(plan.mentee_id, KIND, key, {**facts, "as": "mentee"}, page)
    yield Message(mentor, KIND, key, {**facts, "as": "mentor"}, page)
