"""Drills: the questions that a group misses most, given to everybody in it; a kind of refresher."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assessments.practice.intake import practisable_kinds
from assessments.practice.models import Drill, DrillPerson, DrillQuestion
from courses.models import Occurrence, Refresher
from courses.refreshers.whats import WHATS, Result, What
from trainingsite.core.errors import Refused

QUESTIONS, FEWEST_PEOPLE, MINUTES = 10, 5, 8
LOOK_BACK = timedelta(days=180)
# Of each person the first answer to a question in graded attempts, and every answer in practice that counts.
MOST_MISSED = """
WITH people AS MATERIALIZED (SELECT unnest(%(people)s::bigint[]) AS id), firsts AS (
    SELECT DISTINCT ON (attempt.person_id, version.question_id)
           version.question_id, attempt.person_id, greatest(response.fraction, 0) AS fraction
    FROM people
    JOIN assessments_attempt AS attempt ON attempt.person_id = people.id
    JOIN assessments_quiz AS quiz ON quiz.id = attempt.quiz_id AND NOT quiz.practice
    JOIN assessments_response AS response ON response.attempt_id = attempt.id
    JOIN assessments_questionversion AS version ON version.id = response.version_id
    WHERE attempt.state = 'graded' AND attempt.submitted_at > %(since)s AND response.fraction IS NOT NULL
    ORDER BY attempt.person_id, version.question_id, attempt.submitted_at, attempt.id, response.position
), answers AS (
    SELECT * FROM firsts
    UNION ALL
    SELECT version.question_id, review.person_id, review.fraction
    FROM people
    JOIN assessments_review AS review ON review.person_id = people.id
    JOIN assessments_questionversion AS version ON version.id = review.version_id
    WHERE review.number = 1 AND review.at > %(since)s
)
SELECT question.id, avg(answers.fraction), count(DISTINCT answers.person_id)
FROM answers JOIN assessments_question AS question ON question.id = answers.question_id
WHERE question.status = 'ready' AND question.kind = ANY(%(kinds)s)
GROUP BY question.id, question.code
HAVING count(DISTINCT answers.person_id) >= %(fewest)s AND avg(answers.fraction) < 1
ORDER BY avg(answers.fraction), question.code
LIMIT %(questions)s
"""
GIVE = """
INSERT INTO assessments_drillperson (drill_id, person_id) SELECT %s, unnest(%s::bigint[])
ON CONFLICT (drill_id, person_id) DO NOTHING
"""


class Missed(NamedTuple):
    """A question, the mean of what was earned on it, and how many people were asked."""

    question: int
    mean: Decimal
    people: int


def most_missed(people_ids: Sequence[int], *, at: datetime) -> list[Missed]:
    """The questions these people missed most, the worst first."""
    values: dict[str, Any] = {
        "people": list(people_ids),
        "since": at - LOOK_BACK,
        "kinds": practisable_kinds(),
        "fewest": FEWEST_PEOPLE,
        "questions": QUESTIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOST_MISSED, values)
        return [Missed(*row) for row in cursor.fetchall()]


@transaction.atomic
def open_drill(occurrence: Occurrence, people_ids: Sequence[int], *, at: datetime) -> int:
    """Give these people the questions that they miss most; returns how many are new in it. A repeat adds nobody twice.

    Refused while too little was answered to say what is missed.
    """
    if not people_ids:
        return 0
    drill = Drill.objects.filter(occurrence=occurrence).first() or _make(occurrence, people_ids, at)
    with connection.cursor() as cursor:
        cursor.execute(GIVE, [drill.pk, list(people_ids)])
        return int(cursor.rowcount)


def _make(occurrence: Occurrence, people_ids: Sequence[int], at: datetime) -> Drill:
    found = most_missed(people_ids, at=at)
    if not found:
        text = _("Too few answers yet: no question was answered by %(n)s people of the group, and missed by one.")
        raise Refused(text % {"n": FEWEST_PEOPLE}, code="too_few_answers")
    title = occurrence.refresher.title
    drill = Drill.objects.create(occurrence=occurrence, title=title, due_on=occurrence.due_on, opened_at=at)
    DrillQuestion.objects.bulk_create(
        DrillQuestion(drill=drill, question_id=row.question, position=place, before=row.mean, people=row.people)
        for place, row in enumerate(found, start=1)
    )
    return drill


def results(occurrences: Sequence[Occurrence]) -> dict[int, Result]:
    """How many have it, and how many have gone through it."""
    rows = DrillPerson.objects.filter(drill__occurrence__in=[one.pk for one in occurrences]).order_by()
    counted = rows.values_list("drill__occurrence").annotate(Count("pk"), Count("done_at"))
    return {pk: Result(total, done) for pk, total, done in counted if pk is not None}


def unfinished(occurrence: Occurrence) -> list[tuple[int, str]]:
    """Who has not gone through it, with the page to do so."""
    rows = DrillPerson.objects.open().filter(drill__occurrence=occurrence).order_by("pk")
    return [(person, reverse("practice-drill", args=[drill])) for person, drill in rows.values_list("person", "drill")]


def links(occurrences: Sequence[Occurrence]) -> dict[int, str]:
    """What came of the questions of each run."""
    drills = Drill.objects.filter(occurrence__in=[each.pk for each in occurrences]).values_list("occurrence", "pk")
    return {run: reverse("drill-results", args=[drill]) for run, drill in drills if run is not None}


def about(refresher: Refresher) -> str:  # noqa: ARG001 - the interface of a kind
    return _("The %(n)s questions that the group misses most") % {"n": QUESTIONS}


def minutes(refresher: Refresher) -> int:  # noqa: ARG001 - the interface of a kind
    return MINUTES


WHATS.register(
    "most_missed",
    What(
        label=pgettext_lazy("refresher", "The ten questions that the group misses most"),
        icon="target",
        open=open_drill,
        results=results,
        unfinished=unfinished,
        links=links,
        about=about,
        minutes=minutes,
    ),
)
