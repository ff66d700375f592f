"""From first attempts to sums, in one statement a quiz.

What counts: of each person the first attempt at a quiz, once it is graded; never practice. A mark is what the question
earned of its points. The statement sees one state of the database, and every sum is exact, so that adding what is new
gives the same as counting everything anew.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from assessments.questions.models import QuestionVersion
from assessments.questions.types.base import TYPES, QuestionType
from assessments.statistics.models import ItemTally

FIRST = """
NOT EXISTS (
    SELECT FROM assessments_attempt AS earlier
    WHERE earlier.quiz_id = attempt.quiz_id AND earlier.person_id = attempt.person_id
      AND (earlier.started_at, earlier.id) < (attempt.started_at, attempt.id)
)"""
# What is counted already and would be counted otherwise today: changed since, no longer graded or first, or deleted.
CHANGED = f"""
SELECT count(counted.*) <> %(attempts)s OR coalesce(bool_or(
    attempt.modified_at <> counted.seen_at OR attempt.state <> 'graded' OR NOT {FIRST}
), false)
FROM assessments_countedattempt AS counted JOIN assessments_attempt AS attempt ON attempt.id = counted.attempt_id
WHERE counted.quiz_id = %(quiz)s
"""  # noqa: S608 - constants
COUNT = f"""
WITH fresh AS MATERIALIZED (
    SELECT attempt.id, attempt.modified_at, marks.total, marks.possible
    FROM assessments_attempt AS attempt, LATERAL (
        SELECT coalesce(sum(points * fraction), 0) AS total, coalesce(sum(points), 0) AS possible
        FROM assessments_response WHERE attempt_id = attempt.id
    ) AS marks
    WHERE attempt.quiz_id = %(quiz)s AND attempt.state = 'graded' AND {FIRST}
      AND NOT EXISTS (SELECT FROM assessments_countedattempt AS counted WHERE counted.attempt_id = attempt.id)
), marked AS MATERIALIZED (
    SELECT coalesce(response.graded_with_id, response.version_id) AS version, response.points,
           coalesce(response.points * response.fraction, 0) AS x,
           fresh.total - coalesce(response.points * response.fraction, 0) AS r,
           CASE WHEN fresh.possible > response.points THEN round(
               (fresh.total - coalesce(response.points * response.fraction, 0)) / (fresh.possible - response.points), 6
           ) ELSE 0 END AS share,
           response.answer
    FROM fresh JOIN assessments_response AS response ON response.attempt_id = fresh.id
), ledger AS (
    INSERT INTO assessments_countedattempt (attempt_id, quiz_id, run, total, possible, seen_at)
    SELECT id, %(quiz)s, %(run)s, total, possible, modified_at FROM fresh
    RETURNING attempt_id
), items AS (
    INSERT INTO assessments_itemtally AS old (quiz_id, version_id, n, possible, x, xx, r, rr, xr, figures)
    SELECT %(quiz)s, version, count(*), sum(points), sum(x), sum(x * x), sum(r), sum(r * r), sum(x * r), '{{}}'
    FROM marked GROUP BY version
    ON CONFLICT (quiz_id, version_id) DO UPDATE SET
        n = old.n + excluded.n, possible = old.possible + excluded.possible, x = old.x + excluded.x,
        xx = old.xx + excluded.xx, r = old.r + excluded.r, rr = old.rr + excluded.rr, xr = old.xr + excluded.xr
    RETURNING id, version_id
), reached AS (
    INSERT INTO assessments_valuetally AS old (item_id, measure, value, n)
    SELECT items.id, reached.measure, reached.value, reached.n
    FROM (
        SELECT version, 'mark' AS measure, x AS value, count(*) AS n FROM marked GROUP BY version, x
        UNION ALL
        SELECT version, 'rest', r, count(*) FROM marked GROUP BY version, r
    ) AS reached JOIN items ON items.version_id = reached.version
    ON CONFLICT (item_id, measure, value) DO UPDATE SET n = old.n + excluded.n
), answers AS (
    SELECT items.id, items.version_id, marked.answer, count(*) AS n, sum(marked.share) AS share
    FROM marked
    JOIN items ON items.version_id = marked.version
    JOIN assessments_questionversion AS version ON version.id = marked.version
    JOIN assessments_question AS question ON question.id = version.question_id
    WHERE question.kind = ANY(%(kinds)s)
    GROUP BY items.id, items.version_id, marked.answer
)
SELECT (SELECT count(*) FROM ledger),
       (SELECT max(modified_at) FROM assessments_attempt WHERE quiz_id = %(quiz)s AND state = 'graded'),
       coalesce((SELECT jsonb_agg(jsonb_build_array(id, version_id, answer, n, share::text)) FROM answers), '[]')
"""  # noqa: S608 - constants
CHOICES = """
INSERT INTO assessments_choicetally AS old (item_id, part, key, n, share)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::numeric[])
ON CONFLICT (item_id, part, key) DO UPDATE SET n = old.n + excluded.n, share = old.share + excluded.share
"""
LONGEST_KEY, LONGEST_PART = 200, 64


def has_changed(quiz: int, attempts: int) -> bool:
    """Whether the sums hold something that would be counted otherwise today."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, {"quiz": quiz, "attempts": attempts})
        return bool(cursor.fetchone()[0])


def forget(quiz: int) -> None:
    """Take everything out of the sums of the quiz."""
    tables = ["valuetally", "choicetally"]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"DELETE FROM assessments_{table} USING assessments_itemtally AS item "  # noqa: S608 - names of ours
                "WHERE item_id = item.id AND item.quiz_id = %s",
                [quiz],
            )
        cursor.execute("DELETE FROM assessments_itemtally WHERE quiz_id = %s", [quiz])
        cursor.execute("DELETE FROM assessments_countedattempt WHERE quiz_id = %s", [quiz])


def add_new(quiz: int, run: int) -> tuple[int, datetime | None]:
    """Add the attempts that are not in the sums yet; how many, and the latest change of any that was looked at."""
    values: dict[str, Any] = {"quiz": quiz, "run": run, "kinds": kinds_with_choices()}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        n, until, answers = cursor.fetchone()
        _add_choices(cursor, json.loads(answers) if isinstance(answers, str) else answers)
    return n, until


def kinds_with_choices() -> list[str]:
    """The kinds of questions whose answers choose among what was given."""
    return [kind for kind, one in TYPES.items() if type(one).chosen is not QuestionType.chosen]


def _add_choices(cursor: Any, answers: Iterable[tuple[int, int, Any, int, str]]) -> None:
    """Split each different answer once into what it chose, however many gave it."""
    rows = list(answers)
    versions = QuestionVersion.objects.select_related("question").in_bulk({row[1] for row in rows})
    tally: defaultdict[tuple[int, str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    for item, version_pk, answer, n, share in rows:
        version = versions[version_pk]
        for part, key in _chosen(TYPES[version.question.kind], version, answer):
            row = tally[item, part[:LONGEST_PART], key[:LONGEST_KEY]]
            row[0] += n
            row[1] += Decimal(share)
    if tally:
        columns = zip(*((*place, *row) for place, row in tally.items()), strict=True)
        cursor.execute(CHOICES, [list(column) for column in columns])


def _chosen(kind: QuestionType, version: QuestionVersion, answer: Any) -> list[tuple[str, str]]:
    return [("", "")] if answer is None else kind.chosen(version.content, answer)


def versions_in(quiz: int) -> list[int]:
    """The versions of questions of which something is counted."""
    return list(ItemTally.objects.filter(quiz=quiz).values_list("version_id", flat=True))
