"""Levels out of evidence: anew for those whose evidence changed, for those whose evidence grew old, for all."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import ngettext

from assessments.ratings import statements
from assessments.ratings.hooks import moved
from assessments.ratings.models import CurrentLevel, Evidence, LevelChange
from assessments.ratings.ready import rule_at
from assessments.ratings.reckoning import NOTHING, Derived, Weighed, derive, level_at, middle_of, weigh
from trainingsite.core import clock
from trainingsite.core.days import company_day, start_of
from trainingsite.core.jobs.actions import JOB_KINDS, progress
from trainingsite.core.jobs.models import Job

__all__ = [
    "NOTHING",
    "Derived",
    "Weighed",
    "derive",
    "level_at",
    "levels_of",
    "middle_of",
    "rederive",
    "rederive_pairs",
    "sweep",
    "weigh",
]

Pair = tuple[int, int]  # a person and a competency
Why = LevelChange.Why
BATCH = 5_000  # pairs a transaction
PEOPLE = 500
REDERIVE = "assessments.rederive_levels"


def levels_of(competency_ids: Collection[int], at: datetime) -> dict[int, int]:
    """How many levels each competency has in the framework as it was published by the moment."""
    with connection.cursor() as cursor:
        cursor.execute(statements.LEVELS, {"competencies": list(competency_ids), "at": at})
        return dict(cursor.fetchall())


@transaction.atomic
def rederive_pairs(pairs: Collection[Pair], *, at: datetime, why: str) -> list[LevelChange]:
    """Derive the levels of these pairs from all evidence that stands, and tell of those that have become other ones."""
    changes: list[LevelChange] = []
    ordered = sorted(set(pairs))
    for start in range(0, len(ordered), BATCH):
        changes += _rederive(ordered[start : start + BATCH], at, why)
    return changes


def _rederive(pairs: Sequence[Pair], at: datetime, why: str) -> list[LevelChange]:
    """Three statements: make the rows, lock them, and, seeing what others have committed meanwhile, derive."""
    rule, day = rule_at(at), company_day(at)
    levels = levels_of({competency for _person, competency in pairs}, at)
    values = statements.pairs_of(pairs) | statements.terms_of(rule, day, levels)
    values |= {"rule": rule.pk, "at": at, "why": str(why)}
    with connection.cursor() as cursor:
        cursor.execute(statements.PLACE, values)
        cursor.execute(statements.LOCK, values)
        cursor.execute(statements.REDERIVE, values)
        names = ["id", "person_id", "competency_id", "before", "after", "why", "at"]
        changes = [LevelChange(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    moved(changes, at)
    return changes


def rederive(
    people_ids: Collection[int] | None,
    competency_ids: Collection[int] | None,
    *,
    at: datetime,
    why: str,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Derive the levels of these people (None: all) in these competencies (None: all); returns how many changed.

    In batches, each in a transaction of its own; `tell` hears how many people are done. A repeat changes nothing.
    """
    everybody = Evidence.objects.order_by("person").values_list("person", flat=True).distinct()
    people = sorted(people_ids) if people_ids is not None else list(everybody)
    changed = 0
    for start in range(0, len(people), PEOPLE):
        pairs = pairs_of(people[start : start + PEOPLE], competency_ids)
        changed += len(rederive_pairs(pairs, at=at, why=why))
        tell(min(start + PEOPLE, len(people)), len(people))
    return changed


def pairs_of(
    people_ids: Collection[int], competency_ids: Collection[int] | None = None, *, at: datetime | None = None
) -> list[Pair]:
    """The pairs of these people that evidence was recorded of (by the moment)."""
    only = None if competency_ids is None else list(competency_ids)
    with connection.cursor() as cursor:
        cursor.execute(statements.PAIRS, {"people": list(people_ids), "only": only, "at": at})
        return list(cursor.fetchall())


def sweep(on: date) -> int:
    """Derive anew what the day changes by itself: evidence that became too old, a rule that begins.

    Returns how many levels changed. Taken up again after an accident, it goes on where it stopped.
    """
    at = max(clock.now(), start_of(on))
    begun = CurrentLevel.objects.exclude(rule=rule_at(at))
    return _settle(begun, at, Why.RULE) + _settle(CurrentLevel.objects.lapsing(on), at, Why.AGE)


def _settle(rows: QuerySet[CurrentLevel], at: datetime, why: str) -> int:
    """Derive batch by batch until no row is left: each that was derived is none of them any more."""
    return sum(len(rederive_pairs(pairs, at=at, why=why)) for pairs in _pages(rows))


def _pages(rows: QuerySet[CurrentLevel]) -> Iterator[list[Pair]]:
    pairs = rows.order_by("person", "competency").values_list("person_id", "competency_id")
    while page := list(pairs[:BATCH]):
        yield page


@JOB_KINDS.registers(REDERIVE)
def rederive_in_job(job: Job) -> str:
    """After a new rule, or a framework whose competencies have other numbers of levels (`competencies`)."""
    only = job.arguments.get("competencies")
    changed = rederive(None, only, at=clock.now(), why=Why.RULE, tell=lambda done, total: progress(job, done, total))
    return ngettext("%(n)s level has changed", "%(n)s levels have changed", changed) % {"n": changed}
