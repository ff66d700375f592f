"""When levels moved, told anew: for generated history that came in several parts, each of them about the same years.

Only for the demo: what a company finds out later moves levels from then on, and no earlier.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from assessments.ratings.asof import levels_on, rule_in_force
from assessments.ratings.history import end_of_month
from assessments.ratings.models import Evidence, LevelChange
from trainingsite.core.days import MOMENT, company_day, end_of

DAY, MONTH = timedelta(days=1), timedelta(days=31)
Why = LevelChange.Why
Pair = tuple[int, int]  # a person and a competency
Had = Mapping[Pair, int | None]


def changes_of_history(competency_ids: Collection[int], *, until: date) -> list[LevelChange]:
    """How levels moved before that day, month by month, by the evidence that is known now; nothing is written.

    Each change has the moment of the evidence that made it, else that of the month's end.
    """
    last = end_of(until - DAY)
    known = Evidence.objects.filter(competency__in=competency_ids, recorded_at__lte=last).order_by("recorded_at", "pk")
    rows = list(known.values_list("person", "competency", "recorded_at"))
    return list(_changes(rows, last)) if rows else []


@transaction.atomic
def replace_changes(changes: Sequence[LevelChange], competency_ids: Collection[int]) -> None:
    """Let these be the changes in the competencies, instead of what the parts said one by one."""
    LevelChange.objects.filter(competency__in=competency_ids).delete()
    LevelChange.objects.bulk_create(changes, batch_size=2_000)


def _changes(rows: Sequence[tuple[int, int, datetime]], last: datetime) -> Iterator[LevelChange]:
    people, competencies = {person for person, *_rest in rows}, {of for _person, of, _at in rows}
    before: Had = {}
    begun = rows[0][2]
    for end in ends_of_months(company_day(begun), last):
        levels = levels_on(people, at=end)
        after = {(who, of): one.level for who, some in levels.items() for of, one in some.items() if of in competencies}
        fresh = {(who, of): at for who, of, at in rows if begun <= at <= end}
        yield from _between(before, after, fresh, end)
        before, begun = after, end + MOMENT


def _between(before: Had, after: Had, fresh: Mapping[Pair, datetime], end: datetime) -> Iterator[LevelChange]:
    """What differs, in the order of people; without new evidence it was age, or a rule that began."""
    idle = Why.RULE if rule_in_force(end) != rule_in_force(end - MONTH) else Why.AGE
    for who, of in sorted({*before, *after}):
        old, new = before.get((who, of)), after.get((who, of))
        if old != new:
            at = fresh.get((who, of))
            why = Why.EVIDENCE if at else idle
            yield LevelChange(person_id=who, competency_id=of, before=old, after=new, why=why, at=at or end)


def ends_of_months(first: date, last: datetime) -> Iterator[datetime]:
    """The last moment of the month of the first day, of each one after it, and the last moment."""
    end = end_of_month(first)
    while end < last:
        yield end
        end = end_of_month(company_day(end + MOMENT))
    yield last
