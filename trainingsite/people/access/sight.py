"""Whose data a person may see. Every model's `visible_to` builds on these functions and on nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from trainingsite.core.registry import Registry
from trainingsite.people.access.roles import SEES_ALL, Role

if TYPE_CHECKING:
    from trainingsite.people.staff.models import User

# A relation gives the ids of the people whose data a person sees because of it (a mentor's mentees, a roster).
RELATIONS: "Registry[tuple[Role, Callable[[User], QuerySet[User]]]]" = Registry("relation")


def people_seen_by(user: "User") -> Q:
    """Condition on User: the people whom `user` may know of; the administrator sees accounts of all."""
    if Role.ADMIN in user.roles:
        return Q()
    return records_seen_by(user, person="")


def records_seen_by(user: "User", person: str = "person") -> Q:
    """Condition on a model whose field `person` leads to the person it is about: which rows `user` may see.

    Roles that see all see all; a supervisor sees the own subtree; everybody the own; relations add theirs.
    """
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    if not user.roles.isdisjoint(SEES_ALL):
        return Q()
    prefix = f"{person}__" if person else ""
    seen = Q(**{person or "pk": user.pk})
    for path in user.supervised_paths:
        seen |= Q(**{f"{prefix}department__path__startswith": path})
    for role, people in RELATIONS.values():
        if role in user.roles:
            seen |= Q(**{f"{person or 'pk'}__in": people(user)})
    return seen
