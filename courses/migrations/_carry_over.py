"""What the migrations move from the tables of the release before. No migration itself: Django passes over the name."""

from typing import Any


def remember(_apps: Any, schema_editor: Any) -> None:
    """Before the tables change: which units had left their course, and which courses a programme held."""
    schema_editor.execute(
        "CREATE TEMPORARY TABLE retired_units ON COMMIT DROP AS "
        "SELECT id FROM courses_unit WHERE retired_at IS NOT NULL"
    )
    schema_editor.execute(
        "CREATE TEMPORARY TABLE programme_courses ON COMMIT DROP AS "
        "SELECT programme_id, course_id, position FROM courses_programmecourse"
    )


def carry_over(apps: Any, schema_editor: Any) -> None:
    """After the tables have changed: put what was remembered where it belongs now."""
    carry_over_versions(apps, schema_editor)
    carry_over_topics(apps, schema_editor)
    carry_over_programme_courses(apps, schema_editor)


def carry_over_versions(_apps: Any, schema_editor: Any) -> None:
    """After the tables have changed: what is offered is version 1, and what had left was there before it."""
    schema_editor.execute(
        "UPDATE courses_unit SET introduced_in = 0, removed_in = 1 WHERE id IN (SELECT id FROM retired_units)"
    )
    schema_editor.execute(
        """
        INSERT INTO courses_courseversion
            (course_id, number, status, notes, reason, reask, "order", created_by_id, published_at, retired_at)
        SELECT id, 1, status, '', '', 'nobody', '{}', owner_id,
            CASE WHEN status <> 'draft' THEN created_at END, CASE WHEN status = 'retired' THEN modified_at END
        FROM courses_course
        ON CONFLICT DO NOTHING
        """
    )


def carry_over_topics(_apps: Any, schema_editor: Any) -> None:
    """After the trigger is there: give every topic its path."""
    schema_editor.execute("UPDATE courses_topic SET parent_id = parent_id")


def carry_over_programme_courses(_apps: Any, schema_editor: Any) -> None:
    """The courses of a programme become one stage of 30 days, in version 1."""
    for statement in PROGRAMMES:
        schema_editor.execute(statement)


PROGRAMMES = (
    "UPDATE courses_programme SET status = CASE WHEN archived_at IS NULL THEN 'published' ELSE 'archived' END",
    """
    INSERT INTO courses_programmeversion (programme_id, number, status, notes, published_at)
    SELECT id, 1, 'published', '', created_at FROM courses_programme
    """,
    """
    INSERT INTO courses_stage (programme_id, version, title, position, first_day, last_day, optional_needed)
    SELECT id, 1, '全部课程', 0, 1, 30, 0 FROM courses_programme
    """,
    """
    INSERT INTO courses_item (stage_id, kind, object_id, settings, required, position)
    SELECT stage.id, 'course', held.course_id, '{"scope": "full"}', true, held.position
    FROM programme_courses held JOIN courses_stage stage USING (programme_id)
    """,
    """
    INSERT INTO courses_participation (assignment_id, person_id, joined_on, starts_on, completed_at)
    SELECT enrolment.assignment_id, enrolment.person_id, assignment.assigned_on, assignment.assigned_on,
        CASE WHEN bool_and(enrolment.completed_at IS NOT NULL) FILTER (WHERE enrolment.withdrawn_at IS NULL)
            THEN max(enrolment.completed_at) END
    FROM courses_enrolment enrolment JOIN courses_assignment assignment ON assignment.id = enrolment.assignment_id
    GROUP BY enrolment.assignment_id, enrolment.person_id, assignment.assigned_on
    """,
    """
    UPDATE courses_dueexception SET decision = CASE WHEN extended_to IS NULL THEN 'exempt' ELSE 'extend' END
    WHERE resolved_at IS NOT NULL
    """,
)
