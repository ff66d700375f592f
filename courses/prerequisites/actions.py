"""What has to be learnt first: keep the graph free of cycles, and say what a person lacks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from courses.prerequisites.models import Prerequisite
from trainingsite.core import clock
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.people.models import User

if TYPE_CHECKING:  # the courses' own actions call these
    from courses.curriculum.models import Course


@transaction.atomic
def set_prerequisites(course: "Course", needs: Iterable["Course"]) -> bool:
    """Ask for exactly these courses before `course`, and return whether that is a change; refused when it is a loop."""
    take_turns("courses.prerequisites")
    wanted = {need.pk: need for need in needs}
    present = set(course.prerequisite_rows.values_list("needs", flat=True))
    if present == set(wanted):
        return False
    if loop := _loop(course.pk, list(wanted)):
        raise LoopRefused(_titles(course, loop))
    course.prerequisite_rows.exclude(needs__in=wanted).delete()
    Prerequisite.objects.bulk_create(Prerequisite(course=course, needs_id=pk) for pk in wanted if pk not in present)
    type(course).objects.filter(pk=course.pk).update(modified_at=clock.now())  # who copies courses learns of it
    return True


class LoopRefused(Refused):
    """A course would have to be completed before itself; `titles` are the courses of the loop, in order."""

    def __init__(self, titles: Sequence[str]) -> None:
        text = _("These courses would wait for each other: %(loop)s.") % {"loop": " → ".join(titles)}
        super().__init__(text, field="prerequisites", code="prerequisite_loop")
        self.titles = list(titles)


def missing_prerequisites(person: User, course: "Course") -> list["Course"]:
    """The offered courses that `person` has to complete before `course`, and has not; in the order of their titles.

    One that is no longer offered keeps nobody out, and who has completed the course itself before lacks nothing.
    """
    done = set(person.enrolments.completed().values_list("course", flat=True))
    if course.pk in done:
        return []
    return list(course.prerequisites.filter(status="published").exclude(pk__in=done).order_by("title", "pk"))


class PrerequisiteMissing(Refused):
    """The units of an enrolment are closed until the `missing` courses are completed."""

    def __init__(self, missing: "Sequence[Course]", enrolment_id: int) -> None:
        titles = listed(f"“{each}”" for each in missing)
        super().__init__(_("First complete %(courses)s.") % {"courses": titles}, code="prerequisite_missing")
        self.enrolment_id = enrolment_id


def _loop(start: int, wanted: Sequence[int]) -> list[int]:
    """A way from a course back to itself along what each needs, or []."""
    needs: defaultdict[int, list[int]] = defaultdict(list)
    for course, need in Prerequisite.objects.exclude(course=start).order_by("pk").values_list("course", "needs"):
        needs[course].append(need)
    ways, seen = [[start, pk] for pk in wanted], set(wanted)
    for way in ways:  # grows while it is walked: the shortest loop is found first
        if way[-1] == start:
            return way
        fresh = [pk for pk in needs[way[-1]] if pk not in seen]
        seen.update(fresh)
        ways += [[*way, pk] for pk in fresh]
    return []


def _titles(course: "Course", loop: Sequence[int]) -> list[str]:
    courses = type(course).objects.in_bulk(loop)
    return [str(courses[pk]) for pk in loop]
