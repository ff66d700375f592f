"""Keeping one answer: the act that runs most often, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import Json

from assessments.attempts.behaviours import CERTAINTIES
from assessments.attempts.models import Attempt, Response, State
from assessments.attempts.sheets import sheet_of
from assessments.questions.types.base import misfit, type_of
from trainingsite.core.errors import Refused

LAST_SEQUENCE = 2**53  # what a browser counts exactly
# A grading that has begun holds the attempt's row, so that no answer slips in behind its back; what is acknowledged is
# committed with the statement. An answer is kept when it is later than the kept one and comes from the device that may
# answer; what was checked to its end stays.
KEEP = """
WITH attempt AS (
    SELECT id FROM assessments_attempt
    WHERE id = %(attempt)s AND person_id = %(person)s AND state = 'in_progress'
      AND (deadline IS NULL OR deadline > %(at)s) AND device IN ('', %(device)s)
    FOR SHARE
)
UPDATE assessments_response AS response
SET answer = %(answer)s, flagged = coalesce(%(flagged)s, response.flagged), sequence = %(sequence)s, saved_at = %(at)s,
    certainty = coalesce(%(certainty)s, response.certainty)
FROM attempt
WHERE response.attempt_id = attempt.id AND response.position = %(position)s
  AND response.sequence < %(sequence)s AND NOT (%(locks)s AND response.fraction IS NOT NULL)
RETURNING response.flagged, response.certainty
"""


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept."""

    answer: Any
    sequence: int
    flagged: bool
    certainty: int | None
    saved_at: datetime | None


class Outdated(Refused):
    """A later answer is kept already; `kept` is it."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(_("A later answer is kept already."), code="outdated")
        self.kept = kept


def save_answer(  # noqa: PLR0913 - what comes with an answer
    attempt: Attempt,
    position: int,
    answer: Any,
    sequence: int,
    *,
    at: datetime,
    flagged: bool | None = None,
    certainty: int | None = None,
    device: str = "",
) -> Kept:
    """Keep what the person gave; of `attempt` only the ids count, the rest is judged in the database.

    `sequence` says when it was given: whatever arrives later but was given earlier is refused (Outdated), the same
    again is acknowledged again. After the deadline or the submission nothing is kept. Raises Response.DoesNotExist
    when the person's attempt has no such question.
    """
    place = sheet_of(attempt.pk).places.get(position)
    if place is None:
        raise Response.DoesNotExist
    if certainty is not None and certainty not in CERTAINTIES:
        raise misfit()
    chosen = type_of(place.kind).accept(place.version.content, place.order, answer)
    values: dict[str, Any] = {
        "attempt": attempt.pk,
        "person": attempt.person_id,
        "position": position,
        "answer": None if chosen is None else Json(chosen),
        "sequence": sequence,
        "flagged": flagged,
        "certainty": certainty,
        "device": device,
        "locks": sheet_of(attempt.pk).locks,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, values)
        row = cursor.fetchone()
    if row is None:
        return _explain(attempt, position, chosen, sequence, device, at)
    return Kept(chosen, sequence, flagged=row[0], certainty=row[1], saved_at=at)


def _explain(attempt: Attempt, position: int, chosen: Any, sequence: int, device: str, at: datetime) -> Kept:
    """Why nothing was kept; a repeat of what is kept is no refusal."""
    response = Response.objects.select_related("attempt").get(
        attempt=attempt.pk, attempt__person=attempt.person_id, position=position
    )
    kept = Kept(response.answer, response.sequence, response.flagged, response.certainty, response.saved_at)
    if response.sequence == sequence and response.answer == chosen:
        return kept
    refuse_unless_answerable(response.attempt, device=device, at=at)
    if response.sequence >= sequence:
        raise Outdated(kept)
    raise Refused(_("This question was checked to its end; the answer stays."), code="finished")


def refuse_unless_answerable(attempt: Attempt, *, device: str, at: datetime) -> None:
    """Refuse, with the reason, when the attempt takes no answer now from this device."""
    if attempt.state == State.OVERDUE or (attempt.is_open and attempt.deadline and attempt.deadline <= at):
        raise Refused(_("The time is up; what was saved before counts."), code="time_is_up")
    if not attempt.is_open:
        raise Refused(_("This attempt was submitted already."), code="submitted")
    if attempt.device not in {"", device}:
        raise Refused(_("You went on on another device; answers are taken there."), code="other_device")
