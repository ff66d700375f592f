"""What people are told when they are given a programme: one notice, however many courses it has."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from courses.enrolment.notices import day_of, iso
from courses.programmes.models import Assignment
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_assigned(assignment: Assignment, people: Collection[int] | None = None) -> int:
    """Tell everybody (or these people) enrolled by the assignment; whoever was told before is not told again."""
    enrolments = assignment.enrolments.all() if people is None else assignment.enrolments.filter(person__in=people)
    rows = enrolments.values("person").annotate(courses=Count("pk"), first=Min("due_on")).order_by("person")
    return notify(
        Message(
            person_id=row["person"],
            kind="programme_assigned",
            key=f"assignment:{assignment.pk}",
            facts={"programme": assignment.programme.title, "courses": row["courses"], "due_on": iso(row["first"])},
            url=reverse("my-programmes"),
        )
        for row in rows
    )


def _assigned(facts: dict[str, Any]) -> str:
    values = {"programme": facts["programme"], "n": facts["courses"], "day": day_of(facts)}
    text = ngettext(
        "New programme for you: “%(programme)s”, %(n)s course, due %(day)s",
        "New programme for you: “%(programme)s”, %(n)s courses, due %(day)s",
        facts["courses"],
    )
    return text % values


KINDS.register("programme_assigned", Kind(_assigned, icon="route"))
