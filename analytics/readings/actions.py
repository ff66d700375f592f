"""Record readings: one function for REST, CSV and generated history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.readings.rows import Fact, Problem, Row, check_rows
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns

BATCH = 20_000
# Two writers of the same new key must not both find it missing; recording is short, so it goes one after the other.
GIVEN = """
WITH given AS (
    SELECT * FROM unnest(%(metric)s::bigint[], %(person)s::bigint[], %(department)s::bigint[], %(home)s::bigint[],
                         %(day)s::date[], %(numerator)s::numeric[], %(denominator)s::numeric[], %(size)s::int[])
    AS g(metric_id, person_id, department_id, home_id, day, numerator, denominator, sample_size)
)"""
SAME_KEY = {
    "person": "r.metric_id = g.metric_id AND r.day = g.day AND r.person_id = g.person_id",
    "department": "r.metric_id = g.metric_id AND r.day = g.day "
    "AND r.person_id IS NULL AND r.department_id = g.department_id",
}
SUPERSEDE = """{given}
UPDATE analytics_reading AS r SET superseded_at = clock_timestamp()
FROM given AS g
WHERE r.superseded_at IS NULL AND {same}
  AND ((r.numerator, r.denominator, r.sample_size) <> (g.numerator, g.denominator, g.sample_size)
       OR r.department_id <> g.department_id)
"""
# A correction stays where the corrected fact happened, unless the row says otherwise.
INSERT = """{given}
INSERT INTO analytics_reading
    (metric_id, person_id, department_id, day, numerator, denominator, sample_size, source)
SELECT g.metric_id, g.person_id, coalesce(g.department_id, earlier.department_id, g.home_id), g.day,
       g.numerator, g.denominator, g.sample_size, %(source)s
FROM given AS g
LEFT JOIN LATERAL (
    SELECT r.department_id FROM analytics_reading AS r
    WHERE r.superseded_at IS NOT NULL AND {same} ORDER BY r.superseded_at DESC LIMIT 1
) AS earlier ON true
WHERE NOT EXISTS (SELECT FROM analytics_reading AS r WHERE r.superseded_at IS NULL AND {same})
"""


@dataclass(frozen=True)
class Outcome:
    """What became of the rows; a row that is already there, or given twice, is `unchanged`."""

    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def record_readings(
    rows: Sequence[Row], *, source: str, at: datetime | None = None, good_rows_alone: bool = False
) -> Outcome:
    """Keep the readings; the same again changes nothing, other numbers for a known key supersede the earlier fact.

    A row names `metric`, a person by `employee_number` or `external_id` (or only a `department` by its id), `day`,
    `numerator`, `denominator` and, if it differs from the denominator, `sample_size`; with a person, `department` is
    where it happened (not given: where the person is now, or where the corrected fact was).
    Raises Refused with all problems, unless the good rows alone are asked for.
    """
    facts, problems = check_rows(rows, today=timezone.localdate(at or clock.now()))
    if problems and not good_rows_alone:
        raise refusal(problems)
    created, corrected = _write(facts, source)
    good = len(rows) - len(problems)
    return Outcome(created, corrected, good - created - corrected, problems)


def refusal(problems: Sequence[Problem]) -> Refused:
    message = _("%(count)s rows are wrong; nothing was changed.") % {"count": len(problems)}
    return Refused(message, code="rows_refused", rows=[(p.row, p.field, p.message) for p in problems])


def _write(facts: Sequence[Fact], source: str) -> tuple[int, int]:
    """The numbers of new and of corrected readings."""
    created = corrected = 0
    take_turns("analytics.readings")
    with connection.cursor() as cursor:
        for subject, same in SAME_KEY.items():
            own = [fact for fact in facts if (fact.person_id is not None) == (subject == "person")]
            for start in range(0, len(own), BATCH):
                batch: dict[str, Any] = {**_columns(own[start : start + BATCH]), "source": source[:64]}
                cursor.execute(SUPERSEDE.format(given=GIVEN, same=same), batch)
                changed = cursor.rowcount
                cursor.execute(INSERT.format(given=GIVEN, same=same), batch)
                created, corrected = created + cursor.rowcount - changed, corrected + changed
    return created, corrected


def _columns(facts: Sequence[Fact]) -> dict[str, list[object]]:
    return {
        "metric": [fact.metric_id for fact in facts],
        "person": [fact.person_id for fact in facts],
        "department": [fact.department_id for fact in facts],
        "home": [fact.home_id for fact in facts],
        "day": [fact.day for fact in facts],
        "numerator": [fact.numerator for fact in facts],
        "denominator": [fact.denominator for fact in facts],
        "size": [fact.sample_size for fact in facts],
    }
