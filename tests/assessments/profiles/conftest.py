"""What the tests of profiles share."""

from datetime import datetime

from django.db import connection, models


def move(event: models.Model, at: datetime) -> None:
    """Let an event of the record of changes have happened at another moment; only the owner of the tables can."""
    table = event._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute(f'UPDATE "{table}" SET pgh_created_at = %s WHERE pgh_id = %s', [at, event.pk])  # noqa: S608
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
