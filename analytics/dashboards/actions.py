"""Remind people of what is overdue, from the dashboard."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from courses.models import Enrolment
from trainingsite.notices.actions import Message, notify
from trainingsite.people.staff.models import PersonQuerySet, User

KIND = "overdue-nudge"


@transaction.atomic
def nudge(people: PersonQuerySet, *, by: User, on: date) -> int:
    """Tell each of the people about each overdue enrolment, at most once a day; returns the number of new notices."""
    overdue = Enrolment.objects.overdue(on).filter(person__in=people.employed(on)).select_related("course")
    return notify(
        Message(
            enrolment.person_id,
            KIND,
            f"nudge:{enrolment.pk}:{on.isoformat()}",
            {"course": enrolment.course.title, "by": by.name, "due_on": enrolment.due_on.isoformat()},
            reverse("learn", args=[enrolment.pk]),
        )
        for enrolment in overdue
        if enrolment.due_on is not None
    )
