"""What the tests of profiles share."""

from datetime import datetime
from decimal import Decimal

from django.db import connection, models

from assessments.models import CurrentLevel
from assessments.ratings.ready import rule_at
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.people.models import User


def move(event: models.Model, at: datetime) -> None:
    """Let an event of the record of changes have happened at another moment; only the owner of the tables can."""
    table = event._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute(f'UPDATE "{table}" SET pgh_created_at = %s WHERE pgh_id = %s', [at, event.pk])  # noqa: S608
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def rated(person: User, competency: Competency, level: int) -> None:
    """Let the person be at the level, by what the rule in force gave today."""
    now = clock.now()
    score = Decimal(20 * level - 10)
    CurrentLevel.objects.create(
        person=person, competency=competency, level=level, score=score, pieces=2, rule=rule_at(now), derived_at=now
    )
