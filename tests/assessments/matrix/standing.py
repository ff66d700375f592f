"""Levels that people have, without the evidence they would come from."""

from datetime import UTC, datetime

from assessments.models import CurrentLevel
from assessments.ratings.ready import ensure_first_rule

SINCE = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)


def level(person, competency, number, *, pieces=3, assessed=1):
    """The person is on the level."""
    return levels([(person, competency, number)], pieces=pieces, assessed=assessed)[0]


def levels(rows, *, pieces=3, assessed=1):
    """Rows of person, competency and level, in one statement."""
    rule = ensure_first_rule(SINCE)
    return CurrentLevel.objects.bulk_create(
        CurrentLevel(
            person=person,
            competency=competency,
            level=number,
            score=number * 18,
            pieces=pieces,
            assessed=assessed,
            rule=rule,
            derived_at=SINCE,
        )
        for person, competency, number in rows
    )
