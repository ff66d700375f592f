"""Start, submit, close, grant. Keeping an answer stands in `answers`, generated history in `history`."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.answers import save_answer
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.attempts.hooks import improved
from assessments.attempts.models import Attempt, ExtraAttempt, Response, State
from assessments.attempts.notices import tell_extra_attempt
from assessments.attempts.rights import tries
from assessments.attempts.snapshots import items_of, responses_for
from assessments.questions.grading import NONE, fraction, percent
from assessments.quizzes.models import Quiz
from courses.enrolment.actions import complete_unit, open_unit
from courses.models import Enrolment
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = ["PastAttempt", "close_expired", "grant_extra", "record_attempts", "save_answer", "start", "submit"]
logger = logging.getLogger(__name__)


@transaction.atomic
def start(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Attempt:
    """Begin an attempt, or return the one in progress; one whose time has run out is graded first."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    going = Attempt.objects.filter(enrolment=held, quiz=quiz, state=State.IN_PROGRESS).first()
    if going and (going.deadline is None or going.deadline > at):
        return going
    if going:
        submit(going, at=at)
    _check_may_start(held, quiz)
    items = items_of(quiz)
    if not items:
        raise Refused(_("This quiz has no question yet."), code="no_question")
    open_unit(held, quiz.unit, at=at)
    attempt = Attempt.objects.create(
        quiz=quiz,
        person_id=held.person_id,
        enrolment=held,
        number=tries(held, quiz).made + 1,
        pass_mark=quiz.pass_mark,
        started_at=at,
        deadline=(deadline := deadline_of(quiz, at)),
        check_at=deadline,
    )
    Response.objects.bulk_create(responses_for(attempt, items, shuffle=quiz.shuffle))
    return attempt


def deadline_of(quiz: Quiz, started_at: datetime) -> datetime | None:
    """When the time ends for who starts at this moment."""
    return started_at + timedelta(minutes=quiz.time_limit_minutes) if quiz.time_limit_minutes else None


def _check_may_start(enrolment: Enrolment, quiz: Quiz) -> None:
    if quiz.unit.course_id != enrolment.course_id:
        raise Refused(_("This quiz belongs to another course."), code="quiz_of_other_course")
    if enrolment.withdrawn_at:
        raise Refused(_("This enrolment was withdrawn."), code="enrolment_withdrawn")
    if tries(enrolment, quiz).are_used_up:
        raise Refused(_("All attempts are used up."), code="attempts_used_up")


@transaction.atomic
def submit(attempt: Attempt, *, at: datetime) -> Attempt:
    """Grade what was saved in time, and complete the unit when it is passed; a repeat returns the graded attempt."""
    enrolment = Enrolment.objects.select_for_update().get(pk=attempt.enrolment_id)
    found = Attempt.objects.select_for_update(of=["self"]).select_related("quiz__unit").get(pk=attempt.pk)
    if not found.is_open:
        return found
    responses = list(found.responses.select_related("version__question"))
    for response in responses:
        response.fraction = fraction(response.version.question.kind, response.version, response.answer)
    Response.objects.bulk_update(responses, ["fraction"])
    found.score = percent((response.points, response.fraction or NONE) for response in responses)
    found.passed = found.score >= found.pass_mark
    found.submitted_at = min(at, found.deadline) if found.deadline else at
    found.state = State.GRADED
    found.check_at = None
    found.save(update_fields=["score", "passed", "submitted_at", "state", "check_at"])
    if found.passed and not enrolment.withdrawn_at:
        _credit(found, enrolment)
    return found


def _credit(attempt: Attempt, enrolment: Enrolment) -> None:
    """What a pass brings; a better score after the course's completion may still earn a certificate."""
    moment = attempt.submitted_at or attempt.started_at
    if enrolment.completed_at:
        improved([enrolment.pk], moment)
    else:
        complete_unit(enrolment, attempt.quiz.unit, at=moment)


def close_expired(*, at: datetime) -> int:
    """Grade the attempts whose time has run out, each in its own transaction; returns how many."""
    closed = 0
    for attempt in Attempt.objects.to_check(at).order_by("check_at"):
        try:
            submit(attempt, at=at)
            closed += 1
        except Exception:  # one attempt that can't be graded must not hold up the others
            logger.exception("attempt %s could not be closed", attempt.pk)
    return closed


@transaction.atomic
def grant_extra(enrolment: Enrolment, quiz: Quiz, *, by: User) -> ExtraAttempt:
    """Give one more attempt to who has used up all; granted twice before it is used, it is one."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    now = tries(held, quiz)
    given = ExtraAttempt.objects.filter(enrolment=held, quiz=quiz, after_attempt=now.made).first()
    if given:
        return given
    if not now.are_used_up or held.withdrawn_at:
        raise Refused(_("There are attempts left."), code="attempts_left")
    given = ExtraAttempt.objects.create(enrolment=held, quiz=quiz, granted_by=by, after_attempt=now.made)
    tell_extra_attempt(given)
    return given
