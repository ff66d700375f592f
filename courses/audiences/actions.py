"""Who an audience is, at present and in words."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import Count, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from courses.audiences.members import refresh
from courses.audiences.models import Audience, Cause
from courses.audiences.reasons import why
from courses.audiences.rules import Rule, check, describe, q_of, stored
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

Conditions = Rule

__all__ = [
    "Conditions",
    "Rule",
    "delete_audience",
    "describe",
    "duplicate",
    "people_matching",
    "save_audience",
    "sizes",
    "why",
]


def people_matching(conditions: Conditions, *, on: date) -> QuerySet[User]:
    """The people who work here on the day and fulfil all conditions; without a condition that is everybody."""
    people: QuerySet[User] = User.objects.employed(on).filter(q_of(conditions, on))
    return people


def sizes(audiences: Sequence[Audience], *, on: date) -> dict[int, int]:
    """How many people each audience has on the day, in one query; nobody is in one whose rule is broken."""
    counts = {}
    for audience in audiences:
        with suppress(Refused):
            counts[f"n{audience.pk}"] = Count("pk", filter=q_of(audience.conditions, on))
    found = User.objects.employed(on).aggregate(**counts) if counts else {}
    return {audience.pk: found.get(f"n{audience.pk}", 0) for audience in audiences}


@transaction.atomic
def save_audience(
    name: str,
    conditions: Conditions,
    *,
    owner: User | None,
    audience: Audience | None = None,
    at: datetime | None = None,
) -> Audience:
    """Keep the rule, under a name to be used again or without one for a single plan; `audience` is the one to change.

    Refused when another audience has the name. The members of a watched audience follow in the same transaction.
    """
    rule = stored(check(conditions))
    audience = audience or Audience(owner=owner)
    audience.name, audience.conditions = name.strip(), rule
    try:
        with transaction.atomic():
            audience.save()
    except IntegrityError as error:
        raise Refused(_("There is an audience of this name."), field="name", code="name_taken") from error
    if audience.watched:
        refresh([audience], at=at or clock.now(), cause=Cause.RULE)
    return audience


@transaction.atomic
def delete_audience(audience: Audience) -> None:
    """Remove an audience that no plan uses."""
    try:
        audience.delete()
    except ProtectedError as error:
        raise Refused(_("A plan uses this audience; it has to stay."), code="audience_in_use") from error


@transaction.atomic
def duplicate(audience: Audience, *, owner: User) -> Audience:
    """A copy of the rule under a name that is free; it is followed by no plan."""
    known = set(Audience.objects.filter(name__startswith=audience.name[:80]).values_list("name", flat=True))
    names = (_("%(name)s (copy %(n)s)") % {"name": audience.name[:80], "n": n} for n in count(1))
    name = next(name for name in names if name not in known)
    return save_audience(name, audience.conditions, owner=owner)
