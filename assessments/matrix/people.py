"""Whose competencies are looked at: the people in one's care, where they worked on the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assessments.profiles.fitting import Wanted, of_job
from assessments.profiles.past import Job, jobs_on
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Department, User
from trainingsite.people.staff.models import PersonQuerySet

Asked = Mapping[tuple[int, str], Wanted]


class Person(NamedTuple):
    """Somebody with the job of the day."""

    pk: int
    name: str
    number: str
    job: Job


@dataclass(frozen=True)
class Choice:
    """What narrows the people; without `past` it is today."""

    called: str = ""
    department: Department | None = None
    profile: int | None = None
    past: date | None = None


def in_care(user: User, on: date) -> PersonQuerySet:
    """Those who worked here on the day and whose records the person sees, in the order of their names."""
    people: PersonQuerySet = User.objects.employed(on)
    return people.filter(records_seen_by(user, person="")).by_name()


def chosen(people: PersonQuerySet, choice: Choice, asked: Asked) -> list[Person]:
    """The people that the choice leaves. One query, and for a past day those of the jobs of then."""
    if choice.called:
        people = people.called(choice.called)
    if choice.department and not choice.past:
        people = people.in_department(choice.department)
    found = _with_jobs(people, choice.past)
    if choice.department and choice.past:
        below = set(Department.objects.below(choice.department).values_list("pk", flat=True))
        found = [person for person in found if person.job.department_id in below]
    return [person for person in found if choice.profile is None or _fits(person.job, choice.profile, asked)]


def _with_jobs(people: PersonQuerySet, past: date | None) -> list[Person]:
    fields = ("pk", "name", "employee_number", "position_id", "grade", "department_id")
    rows = list(people.values_list(*fields))
    jobs = jobs_on([row[0] for row in rows], past) if past else {}
    return [Person(pk, name, number or "", jobs.get(pk) or Job(*job)) for pk, name, number, *job in rows]


def _fits(job: Job, profile: int, asked: Asked) -> bool:
    wanted = of_job(job, asked)
    return wanted is not None and wanted.profile_id == profile
