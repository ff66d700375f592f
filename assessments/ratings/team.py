"""The people of a department on a day, and their mean level."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from statistics import fmean
from typing import cast

from django.db.models import Q

from assessments.profiles.past import jobs_on
from assessments.ratings.looks import Look
from assessments.ratings.reckoning import Derived
from trainingsite.people.models import User

FEWEST = 5  # of fewer the mean would tell what one of them is

Levels = Mapping[int, Mapping[int, Derived]]


def team_of(person: User, department_id: int | None, look: Look) -> Collection[int]:
    """The person and who else worked in the department on the day: for today unread, as a part of what asks for it."""
    if department_id is None:
        return [person.pk]
    people = User.objects.people().employed(look.day)
    if not look.past:
        here = people.filter(department=department_id) | User.objects.filter(pk=person.pk)
        return cast("Collection[int]", here.values_list("pk", flat=True))
    events = User.pgh_event_model.objects.filter(department=department_id)  # type: ignore[attr-defined]  # by tracked()
    once = people.filter(Q(department=department_id) | Q(pk__in=events.values("pgh_obj")))
    jobs = jobs_on(once.values_list("pk", flat=True), look.day)
    return {person.pk, *(pk for pk, job in jobs.items() if job.department_id == department_id)}


def mean_levels(levels: Levels) -> dict[int, float]:
    """The mean level of each competency, of those who have one; none where fewer than five have."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for of_one in levels.values():
        for competency_id, derived in of_one.items():
            if derived.level is not None:
                found[competency_id].append(derived.level)
    return {pk: fmean(each) for pk, each in found.items() if len(each) >= FEWEST}
