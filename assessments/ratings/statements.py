"""The rule of `reckoning` in SQL, for thousands of people at once, and what is written of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from assessments.ratings.reckoning import Terms
from trainingsite.core.days import start_of


def _with(derived: str, rest: str) -> str:
    return derived + rest


# Which pieces count is filled in: those that stand now, or those that were known at a moment.
_DERIVED = """
WITH pair AS (
    SELECT * FROM unnest(%(people)s::bigint[], %(competencies)s::bigint[]) AS pair (person_id, competency_id)
), weights AS (
    SELECT * FROM unnest(%(sources)s::text[], %(weights)s::float8[]) AS weights (source, weight)
), bands AS (
    SELECT * FROM unnest(%(band_levels)s::int[], %(band_least)s::numeric[]) AS bands (levels, least)
), counts AS (
    SELECT * FROM unnest(%(counted)s::bigint[], %(counts)s::int[]) AS counts (competency_id, levels)
), piece AS (
    SELECT evidence.person_id, evidence.competency_id, evidence.score::float8 AS score,
           evidence.by_id IS NOT NULL AS assessed, (evidence.at AT TIME ZONE %(zone)s)::date AS day,
           coalesce(weights.weight, 1)
               * power(0.5, (%(on)s - (evidence.at AT TIME ZONE %(zone)s)::date)::float8 / %(half_life)s) AS weight
    FROM pair
    JOIN assessments_evidence AS evidence USING (person_id, competency_id)
    LEFT JOIN weights USING (source)
    WHERE evidence.at >= %(since)s AND coalesce(weights.weight, 1) > 0 AND {counts}
), total AS (
    SELECT person_id, competency_id, count(*) AS pieces, count(*) FILTER (WHERE assessed) AS assessed,
           round(round((sum(score * weight) / sum(weight))::numeric, 8), 2) AS score,
           min(day) + %(window)s AS lapses_on
    FROM piece GROUP BY person_id, competency_id
), derived AS (
    SELECT pair.person_id, pair.competency_id, total.score, coalesce(total.pieces, 0) AS pieces,
           coalesce(total.assessed, 0) AS assessed, total.lapses_on,
           CASE WHEN total.pieces >= %(fewest)s OR (%(person_suffices)s AND total.assessed > 0) THEN nullif(
               (SELECT count(*) FROM bands
                WHERE bands.levels = counts.levels AND bands.least <= total.score), 0)
           END AS level
    FROM pair
    LEFT JOIN total USING (person_id, competency_id)
    LEFT JOIN counts USING (competency_id)
)
"""
_STANDING = _DERIVED.format(
    counts="NOT EXISTS (SELECT FROM assessments_evidencevoid AS void WHERE void.evidence_id = evidence.id)"
)
_KNOWN = _DERIVED.format(
    counts="evidence.recorded_at <= %(at)s AND NOT EXISTS (SELECT FROM assessments_evidencevoid AS void "
    "WHERE void.evidence_id = evidence.id AND void.recorded_at <= %(at)s)"
)
# A row a pair, made or there already and locked in one order, so that two who record evidence of a person wait.
PLACE = """
INSERT INTO assessments_currentlevel (person_id, competency_id, pieces, assessed, rule_id, derived_at)
SELECT person_id, competency_id, 0, 0, %(rule)s, %(at)s
FROM unnest(%(people)s::bigint[], %(competencies)s::bigint[]) AS pair (person_id, competency_id)
ORDER BY person_id, competency_id
ON CONFLICT (person_id, competency_id) DO NOTHING
"""
LOCK = """
SELECT FROM assessments_currentlevel
JOIN unnest(%(people)s::bigint[], %(competencies)s::bigint[]) AS pair (person_id, competency_id)
    USING (person_id, competency_id)
ORDER BY person_id, competency_id
FOR UPDATE OF assessments_currentlevel
"""
# Writes what differs, and gives the levels that have become other ones.
REDERIVE = _with(
    _STANDING,
    """
, written AS (
    UPDATE assessments_currentlevel AS current
    SET score = derived.score, level = derived.level, pieces = derived.pieces, assessed = derived.assessed,
        lapses_on = derived.lapses_on, rule_id = %(rule)s, derived_at = %(at)s
    FROM derived
    WHERE (current.person_id, current.competency_id) = (derived.person_id, derived.competency_id)
      AND (current.score, current.level, current.pieces, current.assessed, current.lapses_on, current.rule_id)
          IS DISTINCT FROM
          (derived.score, derived.level, derived.pieces, derived.assessed, derived.lapses_on, %(rule)s)
)
INSERT INTO assessments_levelchange (person_id, competency_id, before, after, why, at)
SELECT person_id, competency_id, current.level, derived.level, %(why)s, %(at)s
FROM derived
JOIN assessments_currentlevel AS current USING (person_id, competency_id)
WHERE current.level IS DISTINCT FROM derived.level
ORDER BY person_id, competency_id
RETURNING id, person_id, competency_id, before, after, why, at
""",
)
DERIVED_AT = _with(_KNOWN, "SELECT person_id, competency_id, score, level, pieces, assessed, lapses_on FROM derived")
# How many people would come from which level to which other one.
EFFECTS = _with(
    _STANDING,
    """
SELECT derived.competency_id, current.level, derived.level, count(*), (array_agg(derived.person_id))[:%(most)s]
FROM derived JOIN assessments_currentlevel AS current USING (person_id, competency_id)
WHERE current.level IS DISTINCT FROM derived.level
GROUP BY 1, 2, 3
""",
)
# The pairs of some people that evidence was ever recorded of, by that moment if one is given.
PAIRS = """
SELECT DISTINCT person_id, competency_id FROM assessments_evidence
WHERE person_id = ANY(%(people)s) AND (%(only)s::bigint[] IS NULL OR competency_id = ANY(%(only)s))
  AND (%(at)s::timestamptz IS NULL OR recorded_at <= %(at)s)
ORDER BY person_id, competency_id
"""
# How many levels each competency had: in the last version that held it by the moment, else as it was being written.
LEVELS = """
SELECT competency.id, coalesce(
    (SELECT jsonb_array_length(entry -> 'levels')
     FROM courses_frameworkversion AS version, jsonb_array_elements(version.snapshot -> 'groups') AS held,
          jsonb_array_elements(held -> 'competencies') AS entry
     WHERE version.published_at <= %(at)s AND (entry ->> 'id')::bigint = competency.id
     ORDER BY version.number DESC LIMIT 1),
    (SELECT nullif(count(*), 0) FROM (
        SELECT DISTINCT ON (pgh_obj_id) pgh_label FROM courses_competencylevelevent
        WHERE competency_id = competency.id AND pgh_created_at <= %(at)s
        ORDER BY pgh_obj_id, pgh_id DESC) AS then_there WHERE pgh_label <> 'delete'),
    (SELECT count(*) FROM courses_competencylevel WHERE competency_id = competency.id))
FROM courses_competency AS competency
WHERE competency.id = ANY(%(competencies)s)
"""

# Each competency as it was published last by the moment.
ENTRIES = """
SELECT DISTINCT ON (entry ->> 'id') (entry ->> 'id')::bigint, entry::text
FROM courses_frameworkversion AS version, jsonb_array_elements(version.snapshot -> 'groups') AS held,
     jsonb_array_elements(held -> 'competencies') AS entry
WHERE version.published_at <= %(at)s AND (entry ->> 'id')::bigint = ANY(%(competencies)s)
ORDER BY entry ->> 'id', version.number DESC
"""


def terms_of(rule: Terms, on: date, levels: Mapping[int, int]) -> dict[str, Any]:
    """The values of the statements that come from a rule, on a day, with the number of levels by competency."""
    bands = [(int(number), least) for number, row in rule.bands.items() for least in row]
    return {
        "sources": list(rule.source_weights),
        "weights": [float(weight) for weight in rule.source_weights.values()],
        "band_levels": [number for number, _least in bands],
        "band_least": [least for _number, least in bands],
        "counted": list(levels),
        "counts": list(levels.values()),
        "zone": settings.TIME_ZONE,
        "on": on,
        "since": start_of(on - timedelta(days=rule.window_days - 1)),
        "window": rule.window_days,
        "half_life": float(rule.half_life_days),
        "fewest": rule.fewest,
        "person_suffices": rule.person_suffices,
    }


def pairs_of(pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    return {"people": [person for person, _c in pairs], "competencies": [competency for _p, competency in pairs]}
