"""Attempts with a score and nothing else."""

from datetime import timedelta

from assessments.models import Attempt
from tests.assessments.conftest import NOON


def tried(enrolment, quiz, score, *, number=1, state="graded", at=NOON) -> Attempt:
    """An attempt with that score, an hour after the one before."""
    graded = state == "graded"
    started = at + timedelta(hours=number)
    return Attempt.objects.create(
        quiz=quiz,
        person=enrolment.person,
        enrolment=enrolment,
        number=number,
        state=state,
        pass_mark=quiz.pass_mark,
        started_at=started,
        submitted_at=started if graded else None,
        score=score if graded else None,
        passed=score >= quiz.pass_mark if graded else None,
    )
