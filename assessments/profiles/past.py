"""What job people had on a day, from the record of changes that the database keeps of them."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from trainingsite.core import clock
from trainingsite.core.days import company_day, end_of
from trainingsite.people.models import User

FIELDS = ("position_id", "grade", "department_id")


class Job(NamedTuple):
    """Where somebody worked, as what."""

    position_id: int | None
    grade: str
    department_id: int | None


def jobs_on(people_ids: Collection[int], on: date) -> dict[int, Job]:
    """The job of each person on the day: today's as it is, a past one as it was when the day ended.

    Whoever was not on record yet has the job that they were recorded with first. At most two queries.
    """
    if on >= company_day(clock.now()):
        return _jobs(User.objects.filter(pk__in=people_ids).values_list("pk", *FIELDS))
    events = User.pgh_event_model.objects.filter(pgh_obj__in=people_ids)  # type: ignore[attr-defined]  # by tracked()
    events = events.distinct("pgh_obj").values_list("pgh_obj", *FIELDS)
    jobs = _jobs(events.filter(pgh_created_at__lte=end_of(on)).order_by("pgh_obj", "-pgh_id"))
    if later := set(people_ids) - jobs.keys():
        jobs |= _jobs(events.filter(pgh_obj__in=later).order_by("pgh_obj", "pgh_id"))
    return jobs


def _jobs(rows: Any) -> dict[int, Job]:
    return {pk: Job(*job) for pk, *job in rows}
