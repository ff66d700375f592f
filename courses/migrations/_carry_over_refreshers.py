"""What becomes of the refreshers of the release before: every run that there is has opened, on its day of the rule."""

from typing import Any


def carry_over_refreshers(_apps: Any, schema_editor: Any) -> None:
    """After the tables have changed: the rules keep their days; the runs are open until their due day is over."""
    schema_editor.execute(RUNS)


RUNS = """
UPDATE courses_occurrence
SET planned_on = "on", opens_at = opened_at,
    state = CASE WHEN due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date THEN 'closed' ELSE 'open' END,
    closed_at = CASE WHEN due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date
        THEN ((due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') END
"""
