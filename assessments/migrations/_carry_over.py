"""What the migrations move from the tables of the release before. No migration itself: Django passes over the name."""

from typing import Any


def remember(_apps: Any, schema_editor: Any) -> None:
    """Before the tables change: the options of every version, and which questions had left the bank."""
    schema_editor.execute(
        "CREATE TEMPORARY TABLE version_options ON COMMIT DROP AS SELECT id, options FROM assessments_questionversion"
    )


def carry_over(_apps: Any, schema_editor: Any) -> None:
    """After the tables have changed: options are content, the clock checks deadlines, who had left is retired."""
    schema_editor.execute(
        "UPDATE assessments_questionversion AS version SET content = jsonb_build_object('options', kept.options) "
        "FROM version_options AS kept WHERE kept.id = version.id"
    )
    schema_editor.execute("UPDATE assessments_question SET status = 'retired' WHERE retired_at IS NOT NULL")
    schema_editor.execute("UPDATE assessments_attempt SET check_at = deadline WHERE state = 'in_progress'")
    schema_editor.execute("UPDATE assessments_quiz SET shuffle_options = shuffle")
