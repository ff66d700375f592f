"""Acts that one person does at a time: what they judge lies in many rows, which no constraint of the database sees."""

from django.db import connection


def take_turns(act: str) -> None:
    """Wait for whoever is in the act of this name, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [act])
