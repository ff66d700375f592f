"""Whose answers a person may mark."""

from django.db.models import Q

from assessments.acts import MARK
from courses.models import Course
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


def in_reach(user: User, response: str = "response") -> Q:
    """Condition on a model whose field `response` leads to a Response ("" on Response itself): what `user` may mark.

    Those of people whom the user sees, of the user's own courses, and of courses whose team the user is in; never
    the own. Somebody who may not mark reaches nothing.
    """
    if not user.is_authenticated or not user.is_active or not user.may(MARK):
        return Q(pk__in=[])
    prefix = f"{response}__" if response else ""
    course = f"{prefix}attempt__quiz__unit__course"
    own = Q(**{f"{prefix}attempt__person": user.pk})
    seen = records_seen_by(user, f"{prefix}attempt__person")
    if not seen:  # an empty condition sees all
        return ~own
    given = Course.objects.filter(Q(owner=user.pk) | Q(pk__in=Course.objects.filter(marking_team__people=user.pk)))
    return (seen | Q(**{f"{course}__in": given.values("pk")})) & ~own


def seen_or_in_reach(user: User, response: str = "response") -> Q:
    """The same for whoever may see the person, without the right to mark; the own ones too."""
    seen = records_seen_by(user, f"{response}__attempt__person")
    return seen | in_reach(user, response) if seen else seen  # an empty condition sees all
