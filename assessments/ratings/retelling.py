"""When levels moved, told anew: for generated history that came in several parts, each of them about the same years.

Only for the demo: what a company finds out later moves levels from then on, and no earlier.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from assessments.ratings.asof import levels_on, rule_in_force
from assessments.ratings.days import company_day
from assessments.ratings.history import SECOND, end_of_month
from assessments.ratings.models import Evidence, LevelChange

MONTH = timedelta(days=31)
Why = LevelChange.Why
Pair = tuple[int, int]  # a person and a competency
Had = Mapping[Pair, int | None]


@transaction.atomic
def retell_changes(*, until: datetime) -> int:
    """Replace all changes of levels by those that the evidence, as it is known now, made month by month.

    Each has the moment of the evidence that moved it, else that of the month's end; returns how many there are. The
    levels of today are left as they are, and nobody who follows changes is called.
    """
    LevelChange.objects.all().delete()
    return len(LevelChange.objects.bulk_create(_changes(until), batch_size=2_000))


def _changes(until: datetime) -> Iterator[LevelChange]:
    known = Evidence.objects.filter(recorded_at__lte=until).order_by("recorded_at", "pk")
    rows = list(known.values_list("person", "competency", "recorded_at"))
    people = {person for person, _competency, _at in rows}
    before: Had = {}
    begun = rows[0][2] if rows else until
    for end in ends_of_months(company_day(begun), until):
        levels = levels_on(people, at=end)
        after = {(who, of): one.level for who, some in levels.items() for of, one in some.items()}
        fresh = {(who, of): at for who, of, at in rows if begun <= at <= end}
        yield from _between(before, after, fresh, end)
        before, begun = after, end + timedelta(microseconds=1)


def _between(before: Had, after: Had, fresh: Mapping[Pair, datetime], end: datetime) -> Iterator[LevelChange]:
    """What differs, in the order of people; without new evidence it was age, or a rule that began."""
    idle = Why.RULE if rule_in_force(end) != rule_in_force(end - MONTH) else Why.AGE
    for who, of in sorted({*before, *after}):
        old, new = before.get((who, of)), after.get((who, of))
        if old != new:
            at = fresh.get((who, of))
            why = Why.EVIDENCE if at else idle
            yield LevelChange(person_id=who, competency_id=of, before=old, after=new, why=why, at=at or end)


def ends_of_months(first: date, until: datetime) -> Iterator[datetime]:
    """The last second of the month of the first day, of each one after it, and `until`."""
    end = end_of_month(first)
    while end < until:
        yield end
        end = end_of_month(company_day(end + SECOND))
    yield until
