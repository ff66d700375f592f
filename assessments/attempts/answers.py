"""Keeping one answer: the act that runs most often, in one statement."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from psycopg2.extras import Json

from assessments.attempts.models import Attempt, Response
from assessments.questions.types.base import type_of
from trainingsite.core.errors import Refused

LAST_SEQUENCE = 2**53  # what a browser counts exactly
# A grading that has begun holds the attempt's row, so that no answer slips in behind its back; what is acknowledged is
# committed with the statement. An answer is kept when it is later than the kept one.
KEEP = """
WITH attempt AS (
    SELECT id FROM assessments_attempt
    WHERE id = %(attempt)s AND person_id = %(person)s AND state = 'in_progress'
      AND (deadline IS NULL OR deadline > %(at)s)
    FOR SHARE
)
UPDATE assessments_response AS response
SET answer = %(answer)s, flagged = coalesce(%(flagged)s, response.flagged), sequence = %(sequence)s, saved_at = %(at)s
FROM attempt
WHERE response.attempt_id = attempt.id AND response.position = %(position)s
  AND response.sequence < %(sequence)s
RETURNING response.*
"""


class Outdated(Refused):
    """A later answer is kept already; `kept` is it."""

    def __init__(self, kept: Response) -> None:
        super().__init__(_("A later answer is kept already."), code="outdated")
        self.kept = kept


def save_answer(
    attempt: Attempt,
    position: int,
    answer: Any,
    sequence: int,
    *,
    at: datetime,
    flagged: bool | None = None,
) -> Response:
    """Keep what the person chose; of `attempt` only the ids count, the rest is judged in the database.

    `sequence` says when it was chosen: whatever arrives later but was chosen earlier is refused (Outdated), the same
    again is acknowledged again. After the deadline or the submission nothing is kept.
    """
    asked = Response.objects.select_related("version__question").get(
        attempt=attempt.pk, attempt__person=attempt.person_id, position=position
    )
    version = asked.version
    chosen = type_of(version.question.kind).accept(version.content, asked.option_order, answer)
    values = {
        "attempt": attempt.pk,
        "person": attempt.person_id,
        "position": position,
        "answer": Json(chosen) if chosen is not None else None,
        "sequence": sequence,
        "flagged": flagged,
        "at": at,
    }
    kept = next(iter(Response.objects.raw(KEEP, values)), None)
    return kept or _explain(attempt, position, chosen, sequence, at)


def _explain(attempt: Attempt, position: int, chosen: Any, sequence: int, at: datetime) -> Response:
    """Why nothing was kept; a repeat of what is kept is no refusal."""
    response = Response.objects.select_related("attempt").get(
        attempt=attempt.pk, attempt__person=attempt.person_id, position=position
    )
    if response.sequence == sequence and response.answer == chosen:
        return response
    if not response.attempt.is_open:
        raise Refused(_("This attempt was submitted already."), code="submitted")
    if response.attempt.deadline and response.attempt.deadline <= at:
        raise Refused(_("The time is up; what was saved before counts."), code="time_is_up")
    raise Outdated(response)
