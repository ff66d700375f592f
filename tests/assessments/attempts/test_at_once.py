"""What a double click, two windows or two workers do at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from assessments.attempts.actions import check, save_answer, start, submit, sweep
from assessments.models import Attempt, Certificate, Response
from tests.assessments.conftest import NOON
from tests.factories.assessments import CertificationFactory
from tests.factories.courses import EnrolmentFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4


def at_once(act):
    """Run `act(n)` in several threads that begin together; a refusal counts as its code."""
    ready = Barrier(TOGETHER)

    def run(number):
        try:
            ready.wait()
            return act(number)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(run, range(TOGETHER)))


def test_four_clicks_start_one_attempt(enrolment, quiz):
    assert len({attempt.pk for attempt in at_once(lambda _n: start(enrolment, quiz, at=NOON))}) == 1


def test_of_answers_that_come_together_the_latest_stays(enrolment, quiz):
    attempt = start(enrolment, quiz, at=NOON)
    at_once(lambda n: save_answer(attempt, 1, ["abcd"[n]], n + 1, at=NOON))
    assert Response.objects.get(position=1).answer == ["d"]


def test_what_is_acknowledged_while_it_is_graded_is_graded(enrolment, quiz):
    attempt = start(enrolment, quiz, at=NOON)

    def act(number):
        if number:
            return submit(attempt, at=NOON).pk
        return save_answer(attempt, 1, ["a"], 1, at=NOON).sequence

    kept = at_once(act)[0] != "submitted"
    assert float(Attempt.objects.get().score) == (33.33 if kept else 0)


def test_two_workers_grade_once_and_award_one_certificate(enrolment, quiz, course):
    CertificationFactory(courses=[course])
    attempt = start(enrolment, quiz, at=NOON)
    for position, answer in enumerate((["a"], ["a", "b"], ["false"]), start=1):
        save_answer(attempt, position, answer, 1, at=NOON)
    at_once(lambda _n: sweep(at=NOON + timedelta(minutes=11)))
    assert (Attempt.objects.get().score, Certificate.objects.count()) == (100, 1)


def test_four_clicks_on_check_are_one_try(enrolment, quiz):
    quiz.behaviour = "interactive"
    quiz.save()
    attempt = start(enrolment, quiz, at=NOON)
    save_answer(attempt, 1, ["b"], 1, at=NOON)
    at_once(lambda _n: check(attempt, 1, at=NOON).tries_left)
    assert Response.objects.get(position=1).tries == 1


def test_workers_that_sweep_together_share_what_is_due(course, quiz, hire):
    for _ in range(12):
        start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON)
    checked = at_once(lambda _n: sweep(at=NOON + timedelta(minutes=11)))
    assert sum(checked) == 12
    assert set(Attempt.objects.values_list("state", flat=True)) == {"graded"}


def test_one_who_hands_in_while_the_time_ends_is_graded_once(enrolment, quiz):
    attempt = start(enrolment, quiz, at=NOON)
    end = NOON + timedelta(minutes=10)
    at_once(lambda n: submit(attempt, at=end).pk if n % 2 else sweep(at=end))
    assert Attempt.objects.values_list("state", "submitted_at").get() == ("graded", end)
