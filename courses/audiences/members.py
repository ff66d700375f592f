"""The members of watched audiences: who they are since when, kept up to date and told to those who follow them."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.audiences.hooks import members_changed
from courses.audiences.models import Audience, AudienceCheck, AudienceMember, Cause
from courses.audiences.rules import q_of
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

logger = logging.getLogger(__name__)

LOCK = 7_302  # any number that no other advisory lock of ours has
BATCH = 25  # rules judged in one query

# Both statements say who was really changed, so that nobody is told of twice when two of them run at once.
JOIN = """
INSERT INTO courses_audiencemember (audience_id, person_id, since)
SELECT %(audience)s, person_id, %(at)s FROM unnest(%(people)s::bigint[]) AS new (person_id)
ON CONFLICT (audience_id, person_id) WHERE until IS NULL DO NOTHING
RETURNING person_id
"""
LEAVE = """
UPDATE courses_audiencemember SET until = greatest(since, %(at)s)
WHERE audience_id = %(audience)s AND person_id = ANY(%(people)s) AND until IS NULL
RETURNING person_id
"""
LOCK_ALONE = "SELECT pg_advisory_xact_lock(%(lock)s, id::int) FROM unnest(%(audiences)s::bigint[]) AS a (id)"
LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(%(lock)s, id::int) FROM unnest(%(audiences)s::bigint[]) AS a (id)"


@dataclass
class Change:
    """What a check of an audience's members found: who joined and who left, or that its rule can't be read."""

    joined: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.joined or self.left or self.problem)


@transaction.atomic
def watch(audience: Audience, *, at: datetime) -> Change:
    """Keep the audience's members from now on; a repeat only brings them up to date.

    The members of the moment are told to MEMBERS_CHANGED when the watch begins; a further plan that starts to follow
    an audience which is watched already asks `members_of` for them.
    """
    Audience.objects.filter(pk=audience.pk, watched=False).update(watched=True)
    audience.watched = True
    return refresh([audience], at=at, cause=Cause.WATCHED)[audience.pk]


@transaction.atomic
def unwatch(audience: Audience, *, at: datetime) -> None:
    """Stop keeping the members; nobody is told that they left, since no plan follows them any more."""
    Audience.objects.filter(pk=audience.pk).update(watched=False)
    audience.watched = False
    AudienceMember.objects.present().filter(audience=audience).update(until=at)


def members_of(audience: Audience) -> list[int]:
    """The ids of the present members of a watched audience."""
    return list(AudienceMember.objects.present().filter(audience=audience).values_list("person_id", flat=True))


def refresh(
    audiences: Iterable[Audience] | None = None,
    people_ids: Iterable[int] | None = None,
    *,
    at: datetime,
    cause: Cause | str = Cause.ASKED,
) -> dict[int, Change]:
    """Bring the members of watched audiences up to date, all or those named, for everybody or for `people_ids` only.

    Who joined and who left is told to MEMBERS_CHANGED in the same transaction, which is one for each audience. A rule
    that can't be read keeps its members; the problem is noted. A repeat finds nothing to do.
    """
    chosen = Audience.objects.watched() if audiences is None else audiences
    watched = sorted((audience for audience in chosen if audience.watched), key=lambda audience: audience.pk)
    if people_ids is not None:
        return _refresh_some(watched, sorted(set(people_ids)), at, cause)
    return {audience.pk: _refresh_one(audience, at, cause) for audience in watched}


@transaction.atomic
def _refresh_one(audience: Audience, at: datetime, cause: str) -> Change:
    """Everybody: the rule as a query of its own, which the database plans best."""
    _lock([audience.pk])
    try:
        with transaction.atomic():
            matching = _employed(at).filter(q_of(audience.conditions, _day(at)))
            wanted = set(matching.values_list("pk", flat=True))
    except Refused as refusal:
        change = Change(problem=str(refusal.message))
    except DatabaseError:
        logger.exception("the rule of audience %s cannot be judged", audience.pk)
        change = Change(problem=_("The database could not judge this rule."))
    else:
        change = _apply(audience.pk, wanted, set(members_of(audience)), at)
    _note([(audience.pk, change)], at, cause, always=True)
    return change


@transaction.atomic
def _refresh_some(audiences: Sequence[Audience], people_ids: list[int], at: datetime, cause: str) -> dict[int, Change]:
    """A few people: all rules as columns of one query a batch."""
    found: dict[int, Change] = {}
    if not people_ids or not audiences:
        return {audience.pk: Change() for audience in audiences}
    _lock([audience.pk for audience in audiences], shared=True)
    for start in range(0, len(audiences), BATCH):
        found |= _refresh_batch(audiences[start : start + BATCH], people_ids, at)
    _note(found.items(), at, cause)
    return found


def _refresh_batch(audiences: Sequence[Audience], people_ids: list[int], at: datetime) -> dict[int, Change]:
    changes: dict[int, Change] = {}
    rules: dict[int, Any] = {}
    for audience in audiences:
        try:
            rules[audience.pk] = q_of(audience.conditions, _day(at))
        except Refused as refusal:
            changes[audience.pk] = Change(problem=str(refusal.message))
    wanted = _who_matches(rules, people_ids, at)
    present = AudienceMember.objects.present().filter(audience__in=rules, person__in=people_ids)
    there: dict[int, set[int]] = {pk: set() for pk in rules}
    for audience_id, person_id in present.values_list("audience_id", "person_id"):
        there[audience_id].add(person_id)
    return changes | {pk: _apply(pk, wanted[pk], there[pk], at) for pk in rules}


def _who_matches(rules: dict[int, Any], people_ids: list[int], at: datetime) -> dict[int, set[int]]:
    columns = [
        Case(When(rule, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
        for rule in rules.values()
    ]
    found: dict[int, set[int]] = {pk: set() for pk in rules}
    if columns:
        for person_id, *holds in _employed(at).filter(pk__in=people_ids).values_list("pk", *columns):
            for pk, held in zip(rules, holds, strict=True):
                if held:
                    found[pk].add(person_id)
    return found


def _apply(audience_id: int, wanted: set[int], there: set[int], at: datetime) -> Change:
    """Write who joined and who left, and tell; nothing is written when the members are right already."""
    joined, left = sorted(wanted - there), sorted(there - wanted)
    change = Change(_changed(JOIN, audience_id, joined, at), _changed(LEAVE, audience_id, left, at))
    members_changed(audience_id, change.joined, change.left, at)
    return change


def _changed(statement: str, audience_id: int, people: list[int], at: datetime) -> list[int]:
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, {"audience": audience_id, "people": people, "at": at})
        return sorted(pk for (pk,) in cursor.fetchall())


def _note(changes: Iterable[tuple[int, Change]], at: datetime, cause: str, *, always: bool = False) -> None:
    """Keep what the check found; one for a few people leaves a trace only when it found something."""
    AudienceCheck.objects.bulk_create(
        [
            AudienceCheck(
                audience_id=pk, at=at, cause=cause, joined=len(c.joined), left=len(c.left), problem=c.problem[:300]
            )
            for pk, c in changes
            if always or c
        ]
    )


def _lock(audience_ids: list[int], *, shared: bool = False) -> None:
    """Let a check of everybody wait for those of a few people and the other way round; the latter do not wait.

    Without it a check of everybody could write down whom it read just before somebody else's change.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SHARED if shared else LOCK_ALONE, {"lock": LOCK, "audiences": audience_ids})


def _employed(at: datetime) -> Any:
    return User.objects.employed(_day(at))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
