"""The ledger's one way in for what happened: once an event, by the rule of its day, in one statement for thousands."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.points.events import EVENTS
from assessments.points.models import PointEntry
from assessments.points.reckoning import ONE, factor_of, points_of
from assessments.points.rules import RuleBook
from assessments.profiles.fitting import Wanted, wanted_by
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused

BATCH = 5_000
LONGEST_KEY, LONGEST_TITLE = 100, 200
_as_it_happened: ContextVar[bool] = ContextVar("as_it_happened", default=False)


@contextmanager
def as_it_happened() -> Iterator[None]:
    """Within the block what is earned is recorded at its own moment: history that is told afterwards, as the demo's."""
    token = _as_it_happened.set(True)
    try:
        yield
    finally:
        _as_it_happened.reset(token)


class Earned(NamedTuple):
    """Something that happened to a person; `key` names it among the events of its kind."""

    person_id: int
    event: str
    key: str
    title: str
    at: datetime
    competency_id: int | None = None
    by_id: int | None = None

    @property
    def day(self) -> date:
        return company_day(self.at)


class _Reckoned(NamedTuple):
    """An event with what it is worth."""

    event: Earned
    points: Decimal
    factor: Decimal
    half_life_days: int | None
    rule_id: int
    weights_id: int | None


# Whoever has points for an event keeps them; two that come at once wait for each other at the unique index.
EARN = """
INSERT INTO assessments_pointentry
    (person_id, event, key, title, competency_id, points, factor, half_life_days, rule_id, weights_id, at, recorded_at,
     by_id, reason)
SELECT new.*, '' FROM unnest(
    %(people)s::bigint[], %(events)s::text[], %(keys)s::text[], %(titles)s::text[], %(competencies)s::bigint[],
    %(points)s::numeric[], %(factors)s::numeric[], %(half_lives)s::smallint[], %(rules)s::bigint[],
    %(weights)s::bigint[], %(moments)s::timestamptz[], %(recorded)s::timestamptz[], %(by)s::bigint[]
) AS new
ON CONFLICT (person_id, event, key) WHERE counter_of_id IS NULL DO NOTHING
RETURNING id
"""


@transaction.atomic
def earn(events: Sequence[Earned]) -> list[PointEntry]:
    """Write what the events earn, in the order of people; whoever has points for one already gets none.

    What each earns says the rule of its day; without a rule, or with one of 0 points, nothing. Refused for an event
    from the future, one that nobody registers, and points to oneself. Call it in the transaction of the event.
    """
    book = RuleBook({one.event for one in events}) if events else None
    if not book:
        return []
    now = clock.now()
    for one in events:
        _check(one, now)
    found = sorted(_reckoned(events, book), key=lambda one: one.event[:3])  # in one order, so that none wait in a ring
    made: list[int] = []
    for start in range(0, len(found), BATCH):
        made += _write(found[start : start + BATCH], now)
    return list(PointEntry.objects.filter(pk__in=made).order_by("person", "event", "key")) if made else []


def _check(one: Earned, now: datetime) -> None:
    if one.event not in EVENTS:
        raise Refused(_("There is no such event."), field="event", code="unknown_event")
    if one.at > now and not _as_it_happened.get():  # told history may end with the evening of today
        raise Refused(_("This has not happened yet."), field="at", code="future")
    if not one.key or len(one.key) > LONGEST_KEY:
        text = _("A key of 1 to %(most)s characters names the event.") % {"most": LONGEST_KEY}
        raise Refused(text, field="key", code="bad_key")
    if one.by_id == one.person_id:
        raise Refused(_("Nobody gives points to oneself."), field="person", code="oneself")


def _reckoned(events: Sequence[Earned], book: RuleBook) -> Iterator[_Reckoned]:
    """Day by day, since rules and profiles hold by the day."""
    for day, some in groupby(sorted(events, key=lambda one: one.day), key=lambda one: one.day):
        ruled = [(one, rule) for one in some if (rule := book.on(one.event, day)) and rule.points]
        wanted = _wanted([one for one, _rule in ruled], day)
        for one, rule in ruled:
            profile = wanted.get(one.person_id) if one.competency_id else None
            factor = factor_of(profile, one.competency_id) if profile else ONE
            points = points_of(rule.points, factor)
            if points > 0:
                weights = profile.version_id if profile else None
                yield _Reckoned(one, points, factor, rule.half_life_days, rule.pk, weights)


def _wanted(events: Sequence[Earned], day: date) -> dict[int, Wanted]:
    """The profiles of those whose event has a competency to weigh it by; the others need none."""
    people = {one.person_id for one in events if one.competency_id}
    return wanted_by(people, day) if people else {}


def _write(found: Sequence[_Reckoned], now: datetime) -> list[int]:
    recorded: Callable[[Earned], datetime] = (lambda one: one.at) if _as_it_happened.get() else (lambda _one: now)
    values: dict[str, Any] = {
        "people": [one.event.person_id for one in found],
        "events": [one.event.event for one in found],
        "keys": [one.event.key for one in found],
        "titles": [one.event.title[:LONGEST_TITLE] for one in found],
        "competencies": [one.event.competency_id for one in found],
        "points": [one.points for one in found],
        "factors": [one.factor for one in found],
        "half_lives": [one.half_life_days for one in found],
        "rules": [one.rule_id for one in found],
        "weights": [one.weights_id for one in found],
        "moments": [one.event.at for one in found],
        "recorded": [recorded(one.event) for one in found],
        "by": [one.event.by_id for one in found],
    }
    with connection.cursor() as cursor:
        cursor.execute(EARN, values)
        return [pk for (pk,) in cursor.fetchall()]
