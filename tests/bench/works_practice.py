"""What practice costs with a million cards: made of attempts, planned anew, drilled; all of it is taken back."""

from datetime import timedelta

from django.db import connection

from assessments.models import Card, Drill, Review
from assessments.practice.drills import open_drill
from assessments.practice.intake import take_in
from assessments.practice.rescheduling import reschedule, stale_ranges
from assessments.practice.rounds import todays
from courses.audiences.actions import save_audience
from courses.models import Occurrence, Refresher
from tests.bench.works import _print, _seconds, taken_back
from tests.bench.works_quizzes import PEOPLE, QUIZZES, _course, _take
from trainingsite.core import clock
from trainingsite.people.models import User

PLANNED, ANSWERS = 20_000, 8
REVIEWS = """
INSERT INTO assessments_review (card_id, person_id, version_id, day, number, at, answer, fraction, rating)
SELECT card.id, card.person_id, question.current_id, card.began_on - %s + number * 3, 1, now(), '["a"]', right_one,
       CASE WHEN right_one = 1 THEN 3 ELSE 1 END
FROM (SELECT * FROM assessments_card ORDER BY id LIMIT %s) AS card
JOIN assessments_question AS question ON question.id = card.question_id
CROSS JOIN generate_series(1, %s) AS number
CROSS JOIN LATERAL (SELECT (random() < 0.85)::int + 0 * number AS right_one) AS chance
"""


def measure_practice() -> None:
    """Print what each work took, beside its goal."""
    with taken_back():
        _take(_course(QUIZZES), PEOPLE)
        Card.objects.all().delete()
        took = _seconds(take_in)
        cards = Card.objects.count()
        _print(f"{cards:,} cards made of attempts, a second", cards / took, "> 5000")
        _print("the same when nothing is new", _seconds(take_in), "< 60")
        _print("the ten most missed for everybody, given to them", _seconds(_drill), "< 10")
        _print(f"cards planned anew from {ANSWERS} answers each, a second by one worker", _planned(), "> 100")
        person = Card.objects.order_by("pk")[0].person
        later = clock.now() + timedelta(days=9)
        _print("today's practice of one person", _seconds(lambda: todays(person, later.date(), at=later)), "< 0.1")


def _drill() -> None:
    today = clock.today()
    everybody = list(User.objects.people().order_by("pk").values_list("pk", flat=True)[:PEOPLE])
    rule = Refresher.objects.create(
        title="测量", what="most_missed", audience=save_audience("", [], owner=None), starts_on=today, runs_from=today
    )
    run = Occurrence.objects.create(refresher=rule, on=today, due_on=today + timedelta(days=7))
    open_drill(run, everybody, at=clock.now())
    assert Drill.objects.get(occurrence=run).people.count() == len(everybody)


def _planned() -> float:
    """Cards a second of a task's range; a million take as many seconds as a million divided by it.

    What is taken back was never committed, and PostgreSQL changes rows of an open transaction many times more slowly:
    on committed rows the same is some 7,000 a second.
    """
    with connection.cursor() as cursor:
        cursor.execute(REVIEWS, [ANSWERS * 3 + 1, PLANNED, ANSWERS])
        cursor.execute("ANALYZE assessments_card, assessments_review")
    chosen = Card.objects.order_by("pk").values("pk")[:PLANNED]
    Card.objects.filter(pk__in=chosen).update(terms="former")
    assert Review.objects.count() >= PLANNED * ANSWERS
    seconds = _seconds(lambda: [reschedule(*ends) for ends in stale_ranges()])
    assert not Card.objects.filter(terms="former").exists()
    return PLANNED / seconds
