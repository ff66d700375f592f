"""Start, hand in, grant. Keeping an answer stands in `answers`, what the clock does in `deadlines`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.answers import save_answer
from assessments.attempts.checks import check
from assessments.attempts.deadlines import deadline_for, retime, sweep, time_over
from assessments.attempts.grading import hand_in, settle
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.attempts.models import OPEN, Attempt, ExtraAttempt
from assessments.attempts.notices import tell_extra_attempt
from assessments.attempts.rights import Standing, standing_of, tries
from assessments.attempts.snapshots import chance_of, responses_for, write_responses
from assessments.quizzes.models import Quiz
from assessments.quizzes.paper import paper_for
from courses.enrolment.actions import open_unit
from courses.models import Enrolment
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = [
    "PastAttempt",
    "check",
    "end",
    "grant_extra",
    "record_attempts",
    "retime",
    "save_answer",
    "settle",
    "start",
    "submit",
    "sweep",
]


@transaction.atomic
def start(enrolment: Enrolment, quiz: Quiz, *, at: datetime, device: str = "") -> Attempt:
    """Begin an attempt, or return the one that is open; one whose time has run out is ended first."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if going := _open(held, quiz, at):
        return going
    standing = standing_of(held, quiz, at=at)
    _check_may_start(held, quiz, standing)
    open_unit(held, quiz.unit, at=at)
    attempt = Attempt(
        quiz=quiz,
        person_id=held.person_id,
        enrolment=held,
        number=standing.tries.made + 1,
        pass_mark=quiz.pass_mark,
        started_at=at,
        deadline=(deadline := deadline_for(quiz, standing.terms, at)),
        check_at=deadline,
        device=device if quiz.one_device else "",
    )
    responses = responses_for(attempt, paper_for(quiz, chance_of(attempt)))
    attempt.save()
    write_responses(responses)
    return attempt


def _open(held: Enrolment, quiz: Quiz, at: datetime) -> Attempt | None:
    """The attempt that is still open at the moment."""
    rows = Attempt.objects.filter(enrolment=held, quiz=quiz, state__in=OPEN).select_for_update()
    going = rows.first()
    if going is None:
        return None
    going.enrolment, going.quiz = held, quiz
    time_over(going, at=at)
    return going if going.is_open else None


def _check_may_start(enrolment: Enrolment, quiz: Quiz, standing: Standing) -> None:
    if quiz.unit.course_id != enrolment.course_id:
        raise Refused(_("This quiz belongs to another course."), code="quiz_of_other_course")
    if enrolment.withdrawn_at:
        raise Refused(_("This enrolment was withdrawn."), code="enrolment_withdrawn")
    if standing.refusal:
        raise standing.refusal


@transaction.atomic
def submit(attempt: Attempt, *, at: datetime) -> Attempt:
    """Hand in what was saved in time; a repeat returns the attempt as it is.

    Whoever comes after the time gets what the quiz wants then: overdue, handing in still counts within the grace.
    """
    found = _locked(attempt)
    time_over(found, at=at)
    if found.is_open:
        hand_in([found], at=at)
    return found


@transaction.atomic
def end(attempt: Attempt, *, at: datetime) -> Attempt:
    """Do what is due at the attempt by the clock; whoever looks at it sees it as it is."""
    return time_over(_locked(attempt), at=at)


def _locked(attempt: Attempt) -> Attempt:
    """The attempt's present row, locked, with its enrolment, which is locked first."""
    enrolment = Enrolment.objects.select_for_update().get(pk=attempt.enrolment_id)
    rows = Attempt.objects.select_for_update(of=["self"]).select_related("quiz__unit")
    found = rows.get(pk=attempt.pk)
    found.enrolment = enrolment
    return found


@transaction.atomic
def grant_extra(enrolment: Enrolment, quiz: Quiz, *, by: User, at: datetime) -> ExtraAttempt:
    """Give one more attempt to who has used up all; granted twice before it is used, it is one."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    now = tries(held, quiz, at=at)
    given = ExtraAttempt.objects.filter(enrolment=held, quiz=quiz, after_attempt=now.made).first()
    if given:
        return given
    if not now.are_used_up or held.withdrawn_at:
        raise Refused(_("There are attempts left."), code="attempts_left")
    given = ExtraAttempt.objects.create(enrolment=held, quiz=quiz, granted_by=by, after_attempt=now.made)
    tell_extra_attempt(given)
    return given
