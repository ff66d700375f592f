"""Appeal against a mark, withdraw, answer; the clock sees to it that an answer comes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.acts import MARK
from assessments.appeals.models import LONGEST_TEXT, Appeal, State
from assessments.appeals.notices import tell_answered, tell_made, tell_overdue
from assessments.attempts.models import Attempt, Response
from assessments.attempts.models import State as AttemptState
from assessments.attempts.review import reviewable
from assessments.marking.actions import Verdict, add, locked, values_of
from assessments.marking.models import Marking, Role
from assessments.quizzes.models import Thing
from assessments.regrading.models import RegradeChange
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

SHOWN = frozenset({Thing.MARKS.value, Thing.RIGHT.value, Thing.FEEDBACK.value, Thing.SOLUTION.value})


def decided_at(attempt: Attempt) -> datetime | None:
    """When the result was last decided: handed in, marked, or graded again."""
    marked = Marking.objects.filter(response__attempt=attempt).aggregate(at=Max("at"))["at"]
    again = RegradeChange.objects.filter(attempt=attempt).aggregate(at=Max("applied_at"))["at"]
    return max(filter(None, [attempt.submitted_at, marked, again]), default=None)


def last_day(attempt: Attempt) -> datetime | None:
    """Until when somebody may appeal; None when the quiz takes no appeals, or nothing is graded."""
    decided = decided_at(attempt)
    if decided is None or not attempt.quiz.appeal_days or attempt.state != AttemptState.GRADED:
        return None
    return decided + timedelta(days=attempt.quiz.appeal_days)


@transaction.atomic
def appeal(response: Response, text: str, *, by: User, at: datetime) -> Appeal:
    """Say that the mark of the own answer is wrong; sent twice it is one."""
    found = locked(response)
    _check(found.attempt, by, at)
    former = found.appeals.exclude(state=State.WITHDRAWN).first()
    if former is not None:
        if former.is_open and former.text == text.strip():
            return former
        raise Refused(_("You have appealed against this mark already."), code="appealed_already")
    words = _checked_text(text, "text", _("Say what is wrong with the mark."))
    due_at = at + timedelta(days=found.attempt.quiz.answer_days)
    made = Appeal.objects.create(
        response=found, text=words, fraction=found.fraction or 0, made_at=at, due_at=due_at
    )  # the answer is locked: nobody else makes one meanwhile
    tell_made(made)
    return made


def _check(attempt: Attempt, by: User, at: datetime) -> None:
    if attempt.person_id != by.pk:
        raise Refused(_("Only the person who was graded can appeal."), code="not_yours")
    if attempt.state != AttemptState.GRADED:
        raise Refused(_("This attempt is not graded yet."), code="not_graded")
    until = last_day(attempt)
    if until is None:
        raise Refused(_("This quiz takes no appeals."), code="no_appeals")
    if at > until:
        raise Refused(_("The time to appeal is over."), code="too_late")
    if not reviewable(attempt, attempt.quiz, at=at, viewer=by) & SHOWN:
        raise Refused(_("The marks of this quiz are not shown yet; appeal when you have seen them."), code="not_shown")


def _checked_text(text: str, field: str, missing: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(missing, field=field, code=f"{field}_missing")
    if len(words) > LONGEST_TEXT:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_TEXT}, field=field, code=f"{field}_too_long")
    return words


def _held(found: Appeal) -> Appeal:
    """The appeal's present row with its answer, locked behind it."""
    answer = locked(Response(pk=found.response_id, attempt_id=found.response.attempt_id))
    held = Appeal.objects.select_for_update().get(pk=found.pk)
    held.response = answer
    return held


@transaction.atomic
def withdraw(appeal: Appeal, *, by: User, at: datetime) -> Appeal:
    """Take the own appeal back; a repeat changes nothing."""
    found = _held(appeal)
    if found.response.attempt.person_id != by.pk:
        raise Refused(_("Only the person who was graded can appeal."), code="not_yours")
    if found.state == State.WITHDRAWN:
        return found
    _check_open(found)
    found.state, found.closed_at = State.WITHDRAWN, at
    found.save(update_fields=["state", "closed_at"])
    return found


def _check_open(found: Appeal) -> None:
    if not found.is_open:
        words = _("This appeal is closed: %(state)s.") % {"state": found.get_state_display()}
        raise Refused(words, code="closed")


@transaction.atomic
def uphold(appeal: Appeal, verdict: Verdict, *, reason: str, by: User, at: datetime) -> Appeal:
    """Agree: the new mark counts from now on. It is never lower than the one appealed against."""
    found = _for_answer(appeal, by)
    words = _checked_text(reason, "reason", _("Say why; the person reads it."))
    response = found.response
    fraction = values_of(response, verdict)["fraction"]
    if fraction < (response.fraction or 0):
        raise Refused(_("An appeal never makes a mark worse."), field="percent", code="lower")
    if fraction == response.fraction:
        raise Refused(_("This is the mark it has. Give a higher one, or dismiss the appeal."), code="same_mark")
    marking = add(response, Role.APPEAL, verdict, by=by, at=at)
    return _close(found, State.UPHELD, words, by, at, marking)


@transaction.atomic
def dismiss(appeal: Appeal, *, reason: str, by: User, at: datetime) -> Appeal:
    """Let the mark stand, and say why."""
    found = _for_answer(appeal, by)
    return _close(found, State.DISMISSED, _checked_text(reason, "reason", _("Say why; the person reads it.")), by, at)


def _for_answer(appeal: Appeal, by: User) -> Appeal:
    found = _held(appeal)
    if found.response.attempt.person_id == by.pk:
        raise Refused(_("Nobody answers the own appeal."), code="own_answer")
    if not by.may(MARK) or not Appeal.objects.answerable_by(by).filter(pk=found.pk).exists():
        raise Refused(_("This appeal is not yours to answer."), code="not_yours")
    _check_open(found)
    return found


def _close(found: Appeal, state: State, reason: str, by: User, at: datetime, marking: Marking | None = None) -> Appeal:
    found.state, found.reason, found.answered_by, found.closed_at, found.marking = state, reason, by, at, marking
    found.save(update_fields=["state", "reason", "answered_by", "closed_at", "marking"])
    tell_answered(found)
    return found


@transaction.atomic
def escalate(*, at: datetime) -> int:
    """Tell HR and the owner of the course of appeals whose time is over, once each; returns how many."""
    late = Appeal.objects.overdue(at).filter(escalated_at=None).select_for_update(of=("self",), skip_locked=True)
    found = list(late.select_related("response__attempt__quiz__unit__course", "response__attempt__person"))
    for one in found:
        tell_overdue(one)
    Appeal.objects.filter(pk__in=[one.pk for one in found]).update(escalated_at=at)
    return len(found)
