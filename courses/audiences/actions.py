"""Who an audience is, at present and in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from courses.audiences.conditions import CONDITIONS
from courses.audiences.models import Audience
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

Conditions = list[dict[str, Any]]


def people_matching(conditions: Conditions, *, on: date) -> QuerySet[User]:
    """The people who work here on the day and fulfil all conditions; without a condition that is everybody."""
    people: QuerySet[User] = User.objects.employed(on).filter(_q(conditions, on))
    return people


def sizes(audiences: Sequence[Audience], *, on: date) -> dict[int, int]:
    """How many people each audience has on the day, in one query."""
    counts = {f"n{audience.pk}": Count("pk", filter=_q(audience.conditions, on)) for audience in audiences}
    found = User.objects.employed(on).aggregate(**counts) if counts else {}
    return {audience.pk: found[f"n{audience.pk}"] for audience in audiences}


def _q(conditions: Conditions, on: date) -> Q:
    """All the conditions as one; raises Refused when a stored rule is broken."""
    everything = Q(pk__isnull=False)
    try:
        for condition in conditions:
            everything &= CONDITIONS[condition["kind"]].q(condition["value"], on)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(_("The rule of this audience cannot be read."), code="audience_broken") from error
    return everything


def describe(conditions: Conditions) -> str:
    """The rule in words; what it points to and is gone is said too."""
    if not conditions:
        return _("everybody in the company")
    return _("; ").join(_describe_one(condition) for condition in conditions)


def _describe_one(condition: dict[str, Any]) -> str:
    try:
        return CONDITIONS[condition["kind"]].describe(condition["value"])
    except (KeyError, TypeError, ValueError):
        return _("a condition that no longer means anything")


@transaction.atomic
def save_audience(
    name: str, conditions: Conditions, *, owner: User | None, audience: Audience | None = None
) -> Audience:
    """Keep the rule, under a name to be used again or without one for a single plan; `audience` is the one to change.

    Refused when another audience has the name.
    """
    _q(conditions, date.min)
    audience = audience or Audience(owner=owner)
    audience.name, audience.conditions = name.strip(), conditions
    try:
        with transaction.atomic():
            audience.save()
    except IntegrityError as error:
        raise Refused(_("There is an audience of this name."), field="name", code="name_taken") from error
    return audience


@transaction.atomic
def delete_audience(audience: Audience) -> None:
    """Remove an audience that no plan uses."""
    try:
        audience.delete()
    except ProtectedError as error:
        raise Refused(_("A plan uses this audience; it has to stay."), code="audience_in_use") from error
