"""Whom somebody can name, as the page of wishes shows them."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from mentoring.job_plans.models import Side
from mentoring.mentors.models import MentorCompetency, MentorProfile
from mentoring.mentors.profile import words_of
from mentoring.wishes.actions import wishable
from trainingsite.people.models import User


def candidates(user: User, side: Side, text: str, *, on: date) -> Any:
    """The people whom the user can name and has not named yet, by name; found by name or number."""
    named = user.mentoring_wishes.filter(side=side).values("other")
    rows = wishable(side, on).exclude(pk=user.pk).exclude(pk__in=named).select_related("department", "position")
    if side == Side.MENTEE:
        guides_in = Prefetch("guides_in", MentorCompetency.objects.select_related("competency"))
        profiles = Prefetch("mentor_profile", MentorProfile.objects.prefetch_related(guides_in))
        rows = rows.select_related("availability").prefetch_related(profiles)
    return (rows.called(text) if text else rows).by_name()


def show(people: Any) -> None:
    """Give each mentor what the row says: `shifts` and `languages` in words."""
    for person in people:
        person.shifts, person.languages = words_of(person, "shifts"), words_of(person, "languages")
