"""From graded attempts to cards: what was missed is asked the next day, what was right when it is about to fade.

A worker takes in what was graded since the last time, in the order of change. Every statement gives the same cards
again when it is repeated, so that it looks back a little each time: a transaction may commit late.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from assessments.attempts.models import Attempt
from assessments.practice.models import Grade, Intake
from assessments.practice.scheduling import after, terms
from assessments.questions.types.base import TYPES

CHUNK = 2_000
OVERLAP = timedelta(minutes=10)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Place = tuple[datetime, int]  # a moment of change, and the last attempt of that moment
# The first answer in these attempts makes the card; the last miss, of all, says when it is asked at the latest.
TAKE = """
INSERT INTO assessments_card AS card
    (person_id, question_id, course_id, began_on, began, missed_on, stability, difficulty, last_on, due_on, reps,
     lapses, terms)
SELECT person, question, course, day, CASE WHEN missed THEN %(again)s ELSE %(good)s END, missed_on,
       CASE WHEN missed THEN %(again_stability)s ELSE %(good_stability)s END,
       CASE WHEN missed THEN %(again_difficulty)s ELSE %(good_difficulty)s END,
       day, coalesce(missed_on + 1, day + %(good_days)s), 0, 0, %(terms)s
FROM (
    SELECT DISTINCT ON (attempt.person_id, version.question_id)
           attempt.person_id AS person, version.question_id AS question, unit.course_id AS course,
           (attempt.submitted_at AT TIME ZONE %(zone)s)::date AS day, response.fraction < 1 AS missed,
           max((attempt.submitted_at AT TIME ZONE %(zone)s)::date) FILTER (WHERE response.fraction < 1)
               OVER (PARTITION BY attempt.person_id, version.question_id) AS missed_on
    FROM assessments_attempt AS attempt
    JOIN assessments_quiz AS quiz ON quiz.id = attempt.quiz_id
    JOIN courses_unit AS unit ON unit.id = quiz.unit_id
    JOIN assessments_response AS response ON response.attempt_id = attempt.id
    JOIN assessments_questionversion AS version ON version.id = response.version_id
    JOIN assessments_question AS question ON question.id = version.question_id
    WHERE attempt.id = ANY(%(attempts)s) AND response.fraction IS NOT NULL
      AND question.kind = ANY(%(kinds)s) AND question.status = 'ready'
    ORDER BY attempt.person_id, version.question_id, attempt.submitted_at, attempt.id, response.position
) AS answered
ON CONFLICT (person_id, question_id) DO UPDATE SET
    missed_on = excluded.missed_on,
    due_on = CASE WHEN excluded.missed_on >= card.last_on THEN excluded.missed_on + 1 ELSE card.due_on END
WHERE excluded.missed_on > coalesce(card.missed_on, '-infinity')
"""


def take_in() -> int:
    """Make cards of the attempts that were graded since the last time; returns how many cards are new or brought on.

    A second worker that comes meanwhile leaves it to the first.
    """
    Intake.objects.get_or_create(pk=1)
    taken = 0
    place: Place | None = _begin()
    while place is not None:
        more, place = _take_chunk(place)
        taken += more
    return taken


def practisable_kinds() -> list[str]:
    """The kinds of questions that nobody has to mark."""
    return [kind for kind, type_ in TYPES.items() if not type_.by_person]


def _begin() -> Place:
    until = Intake.objects.get(pk=1).until
    return (until - OVERLAP if until else LONG_AGO), 0


@transaction.atomic
def _take_chunk(place: Place) -> tuple[int, Place | None]:
    """The next attempts after the place, and the place after them; None at the end, or when another worker is at it."""
    mark = Intake.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    if mark is None:
        return 0, None
    moment, pk = place
    later = Q(modified_at__gt=moment) | Q(modified_at=moment, pk__gt=pk)
    graded = Attempt.objects.graded().filter(later, quiz__practice=False)
    rows = list(graded.order_by("modified_at", "pk").values_list("modified_at", "pk")[:CHUNK])
    if not rows:
        return 0, None
    taken = _take([pk for _moment, pk in rows])
    mark.until = max(rows[-1][0], mark.until or rows[-1][0])
    mark.save(update_fields=["until"])
    return taken, rows[-1]


def _take(attempts: Sequence[int]) -> int:
    day = date(2000, 1, 1)  # any: what is asked of FSRS is how a first answer begins
    again, good = after(None, Grade.MISSED, day), after(None, Grade.RIGHT, day)
    values: dict[str, Any] = {
        "attempts": list(attempts),
        "kinds": practisable_kinds(),
        "zone": settings.TIME_ZONE,
        "again": Grade.MISSED.value,
        "good": Grade.RIGHT.value,
        "again_stability": again.stability,
        "good_stability": good.stability,
        "again_difficulty": again.difficulty,
        "good_difficulty": good.difficulty,
        "good_days": (good.due_on - day).days,
        "terms": terms(),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return int(cursor.rowcount)
