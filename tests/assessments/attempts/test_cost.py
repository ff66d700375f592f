"""What a whole attempt costs the database: statements and bytes. A trainee's browser does just these requests."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.attempts import sheets
from assessments.attempts.actions import save_answer, start, submit
from assessments.models import Attempt
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, put
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db
QUESTIONS, MOST_STATEMENTS, MOST_BYTES = 20, 120, 12 * 1024
SIZES = """
SELECT pg_total_relation_size('assessments_attempt') + pg_total_relation_size('assessments_response')
"""


@pytest.fixture
def long_quiz(quiz, course):
    quiz.items.all().delete()
    quiz.time_limit_minutes = None
    quiz.save()
    return put(quiz, *(QuestionFactory(topic=course.topic) for _ in range(QUESTIONS)))


def test_a_whole_attempt_of_twenty_questions_takes_120_statements(long_quiz, enrolment, trainee, as_):
    client = as_(trainee)
    way = f"/learn/{enrolment.pk}/quiz/{long_quiz.unit_id}/"
    with CaptureQueriesContext(connection) as all_of_it:
        client.get(way)
        page = client.post(f"{way}start/").url
        client.get(page)
        sheets._sheets.clear()  # another process of the web server keeps the first answer
        for position in range(1, QUESTIONS + 1):
            data = {"position": position, "sequence": position, "answer": json.dumps(["a"])}
            assert client.post(f"{page}answers/", data).status_code == 200
        client.post(f"{page}submit/")
        assert client.get(page).context["attempt"].score == 100
    assert len(all_of_it) <= MOST_STATEMENTS, f"{len(all_of_it)} statements"


@pytest.mark.django_db(transaction=True)
def test_a_whole_attempt_of_twenty_questions_adds_12_kilobytes(long_quiz, course, hire):
    """The growth over many attempts, divided: pages are of 8 kB, and answers that are changed leave room behind."""
    many, before = 40, _bytes()
    for _ in range(many):
        attempt = start(EnrolmentFactory(person=hire(), course=course), long_quiz, at=NOON)
        for position in range(1, QUESTIONS + 1):
            save_answer(attempt, position, ["a"], position, at=NOON)
        submit(attempt, at=NOON)
    grown = (_bytes() - before) / many
    assert Attempt.objects.count() == many
    assert grown <= MOST_BYTES, f"{grown:.0f} bytes"


def _bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        return int(cursor.fetchone()[0])
