"""Graded attempts written straight into the database, as fast as the tests of the statistics need them."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from assessments.models import Attempt, Response
from tests.assessments.conftest import NOON
from tests.factories.courses import EnrolmentFactory
from tests.factories.people import PersonFactory

_minutes = count()


def answered(quiz, answers, person=None, *, points=None, at=None, state="graded"):
    """An attempt in which `answers` maps questions to (answer, fraction); each is a minute after the one before."""
    started = at or NOON + timedelta(minutes=next(_minutes))
    enrolment = EnrolmentFactory(
        person=person or PersonFactory(), course=quiz.unit.course, completed_at=started, assigned_on=started.date()
    )
    weights = points or {}
    possible = sum(weights.get(question, 1) for question in answers)
    earned = sum(weights.get(question, 1) * Decimal(fraction) for question, (_, fraction) in answers.items())
    score = 100 * earned / possible
    attempt = Attempt.objects.create(
        quiz=quiz,
        person=enrolment.person,
        enrolment=enrolment,
        number=1,
        state=state,
        pass_mark=quiz.pass_mark,
        started_at=started,
        submitted_at=started + timedelta(minutes=5) if state == "graded" else None,
        score=round(score, 2) if state == "graded" else None,
        passed=score >= quiz.pass_mark if state == "graded" else None,
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            version=question.current,
            position=place,
            points=weights.get(question, 1),
            answer=answer,
            fraction=Decimal(fraction),
        )
        for place, (question, (answer, fraction)) in enumerate(answers.items(), start=1)
    )
    return attempt


def single(right):
    """The answer to a single choice whose right option is a."""
    return (["a"], 1) if right else (["b"], 0)
