"""What becomes of the sessions of the release before: rooms and instructors are things of their own, seats numbered."""

from typing import Any


def remember(_apps: Any, schema_editor: Any) -> None:
    """Before the tables change: the rooms, which were words, and who gave what."""
    for table in ("session", "sessionevent"):
        key = "pgh_id" if table == "sessionevent" else "id"
        schema_editor.execute(
            f"CREATE TEMPORARY TABLE {table}_rooms ON COMMIT DROP AS "  # noqa: S608 - two names of ours
            f"SELECT {key} AS id, room FROM courses_{table} WHERE room <> ''"
        )
    schema_editor.execute(
        "CREATE TEMPORARY TABLE session_instructors ON COMMIT DROP AS "
        "SELECT id, instructor_id AS person_id FROM courses_session WHERE instructor_id IS NOT NULL"
    )


def carry_over(_apps: Any, schema_editor: Any) -> None:
    """After the tables have changed."""
    for statement in (*PLACES, *ROOMS, *INSTRUCTORS, *TIMES):
        schema_editor.execute(statement)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait would hold up the indexes made at the end
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


# By hand, not by the triggers: two places at the same time, which nothing forbade, are no reason to stop an upgrade.
PLACES = (
    "ALTER TABLE courses_sessionplace DISABLE TRIGGER USER",
    """
    UPDATE courses_sessionplace SET seat = numbered.seat FROM (
        SELECT id, row_number() OVER (PARTITION BY session_id ORDER BY id) AS seat
        FROM courses_sessionplace WHERE cancelled_at IS NULL
    ) numbered WHERE numbered.id = courses_sessionplace.id
    """,
    "ALTER TABLE courses_sessionplace ENABLE TRIGGER USER",
    "UPDATE courses_session SET secret = md5(random()::text || id)",
)
ROOMS = (
    """
    INSERT INTO courses_room (name, building, equipment)
    SELECT DISTINCT ON (lower(room)) room, '', '' FROM (
        SELECT room FROM session_rooms UNION ALL SELECT room FROM sessionevent_rooms
    ) every ORDER BY lower(room), room
    """,
    """
    UPDATE courses_session SET room_id = room.id FROM session_rooms old
    JOIN courses_room room ON lower(room.name) = lower(old.room) WHERE old.id = courses_session.id
    """,
    "ALTER TABLE courses_sessionevent DISABLE TRIGGER USER",
    """
    UPDATE courses_sessionevent SET room_id = room.id FROM sessionevent_rooms old
    JOIN courses_room room ON lower(room.name) = lower(old.room) WHERE old.id = courses_sessionevent.pgh_id
    """,
    "ALTER TABLE courses_sessionevent ENABLE TRIGGER USER",
)
INSTRUCTORS = (
    """
    INSERT INTO courses_instructor (person_id, name, company, email, phone, note)
    SELECT person_id, '', '', '', '', '' FROM session_instructors
    UNION SELECT user_id, '', '', '', '', '' FROM people_rolegrant WHERE role = 'instructor'
    """,
    """
    INSERT INTO courses_teaching (session_id, instructor_id, minutes)
    SELECT session.id, instructor.id, extract(epoch FROM session.ends_at - session.starts_at) / 60
    FROM session_instructors JOIN courses_session session USING (id)
    JOIN courses_instructor instructor USING (person_id)
    """,
)
TIMES = (
    """
    INSERT INTO courses_engagement (session_id, place_id, person_id, period)
    SELECT session.id, place.id, place.person_id, tstzrange(session.starts_at, session.ends_at)
    FROM courses_sessionplace place JOIN courses_session session ON session.id = place.session_id
    WHERE place.seat IS NOT NULL AND session.cancelled_at IS NULL ORDER BY session.starts_at, place.id
    ON CONFLICT DO NOTHING
    """,
)
