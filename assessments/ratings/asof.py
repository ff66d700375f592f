"""Levels at any moment: today's as they are kept, those of a past day as they came out of what was known then.

A past day comes out the same for ever: evidence counts from when it was recorded until it was voided, by the rule
that was in force and the framework that was published at that moment, and nobody can record, void or make a rule for
the past.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from assessments.ratings import statements
from assessments.ratings.deriving import Pair, levels_of, pairs_of
from assessments.ratings.models import CurrentLevel, RatingRule
from assessments.ratings.reckoning import Derived
from trainingsite.core import clock
from trainingsite.core.days import company_day

Levels = dict[int, dict[int, Derived]]


def levels_on(people_ids: Collection[int], *, at: datetime) -> Levels:
    """By person and competency what the evidence came to at the moment; who had none then is left out.

    Today costs three queries (two more on a day that was not swept yet), a past day five.
    """
    now = clock.now()
    if company_day(at) < company_day(now):
        return _known(people_ids, at)
    return _present(people_ids, now)


def _present(people_ids: Collection[int], now: datetime) -> Levels:
    found: Levels = defaultdict(dict)
    rule, stale = rule_in_force(now), []
    for row in CurrentLevel.objects.filter(person__in=people_ids):
        if row.rule_id != (rule and rule.pk) or (row.lapses_on and row.lapses_on <= company_day(now)):
            stale.append((row.person_id, row.competency_id))
        elif row.pieces:
            derived = Derived(row.score, row.level, row.pieces, row.assessed, row.lapses_on)
            found[row.person_id][row.competency_id] = derived
    for person, competencies in _derive(stale, rule, now).items() if rule and stale else ():
        found[person] |= competencies
    return dict(found)


def _known(people_ids: Collection[int], at: datetime) -> Levels:
    rule = rule_in_force(at)
    return _derive(pairs_of(people_ids, at=at), rule, at) if rule else {}


def rule_in_force(at: datetime) -> RatingRule | None:
    return RatingRule.objects.in_force(at).first()


def _derive(pairs: Collection[Pair], rule: RatingRule, at: datetime) -> Levels:
    levels = levels_of({competency for _person, competency in pairs}, at)
    values = statements.pairs_of(list(pairs)) | statements.terms_of(rule, company_day(at), levels)
    found: Levels = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statements.DERIVED_AT, values | {"at": at})
        for person, competency, *derived in cursor.fetchall():
            if derived[2]:
                found[person][competency] = Derived(*derived)
    return dict(found)
