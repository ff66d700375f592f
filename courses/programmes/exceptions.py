"""What to do with people whose computed due date cannot be met, and with those who need more time or none at all."""

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.programmes.due import Start, deadlines
from courses.programmes.giving import count, give, take_back
from courses.programmes.kinds import Cohort
from courses.programmes.models import Decision, DueException, DueRule, Participation
from courses.programmes.notices import tell_assigned
from courses.programmes.reasons import exempted_reason
from courses.programmes.schedule import Windows, after_last_class, path_of, windows_anyway, windows_until
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def extend_exception(
    exception: DueException, *, due_on: date, reason: str, by: User, at: datetime, tell: bool = True
) -> DueException:
    """Give the person the programme after all, due on `due_on`; the reason is kept. History is told to nobody."""
    today = timezone.localdate(at)
    _check_day(due_on, today)
    found = _waiting(exception, reason)
    path = path_of(found.assignment.programme, found.assignment.programme_version)
    start = _start(found, today)
    windows = windows_until(path, start, due_on, on=today)
    _begin(found, Cohort(start, [found.person_id], windows), today, tell=tell)
    found.assignment.participations.filter(person=found.person_id).update(extended_to=due_on)
    found.extended_to = due_on
    return _resolved(found, Decision.EXTEND, reason, by, at)


def outcome(exception: DueException, decision: str, due_on: date | None, today: date) -> date | None:
    """The last due day that the decision would give the person; None when it gives nothing. Changes nothing."""
    if decision == Decision.EXEMPT:
        return None
    assignment = exception.assignment
    path = path_of(assignment.programme, assignment.programme_version)
    if decision == Decision.EXTEND and due_on:
        _check_day(due_on, today)
        windows = windows_until(path, _start(exception, today), due_on, on=today)
    else:
        windows = _anyway(exception, today)
    return max((window.due_on for window in windows.values()), default=today)


def _anyway(exception: DueException, today: date) -> Windows:
    """The windows that the rules give, with what is over due at once."""
    assignment, person = exception.assignment, exception.person
    path = path_of(assignment.programme, assignment.programme_version)
    start = _start(exception, today)
    day = deadlines(assignment, path.items, {person.pk: person.hired_on}, on=today)[person.pk].day
    if assignment.due_rule == DueRule.AFTER_SESSION:
        day = after_last_class(path, start, assignment.due_days or 0).day
    return windows_anyway(path, start, day, on=today)


@transaction.atomic
def override(exception: DueException, *, reason: str, by: User, at: datetime) -> DueException:
    """Give the person the programme as the rules say it, whatever speaks against it; what is over is due at once."""
    today = timezone.localdate(at)
    found = _waiting(exception, reason)
    _begin(found, Cohort(_start(found, today), [found.person_id], _anyway(found, today)), today)
    return _resolved(found, Decision.OVERRIDE, reason, by, at)


@transaction.atomic
def exempt(exception: DueException, *, reason: str, by: User, at: datetime) -> DueException:
    """Leave the person out of the assignment for good; the reason is kept."""
    return _resolved(_waiting(exception, reason), Decision.EXEMPT, reason, by, at)


def _start(exception: DueException, today: date) -> date:
    """The person's day 1 by the rule, today when the rule gives none, and never before the hire date."""
    assignment, hired_on = exception.assignment, exception.person.hired_on
    day = Start(assignment.starts, assignment.starts_on).of(hired_on, today) or today
    return max(day, hired_on) if hired_on and hired_on <= today else day


def _begin(exception: DueException, cohort: Cohort, today: date, *, tell: bool = True) -> None:
    assignment = exception.assignment
    give(assignment, path_of(assignment.programme, assignment.programme_version), [cohort], on=today)
    count(assignment)
    if tell:
        tell_assigned(assignment, cohort.people)


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")


def _waiting(exception: DueException, reason: str) -> DueException:
    """The exception, locked; refuses one that was decided before, and a decision without a reason."""
    _check_reason(reason)
    every = DueException.objects.select_related("assignment__programme", "person")
    found = every.select_for_update(of=("self",)).get(pk=exception.pk)
    if found.resolved_at:
        raise Refused(_("This was decided already."), code="already_decided")
    return found


def _resolved(exception: DueException, decision: Decision, reason: str, by: User, at: datetime) -> DueException:
    exception.resolved_at, exception.resolved_by, exception.resolution = at, by, reason.strip()
    exception.decision = decision
    exception.save(update_fields=["resolved_at", "resolved_by", "resolution", "decision", "extended_to"])
    return exception


@transaction.atomic
def extend_participation(
    participation: Participation, *, due_on: date, reason: str, by: User, at: datetime
) -> Participation:
    """Give somebody who is on the way time until `due_on` for all that is still open; the reason is kept."""
    _check_day(due_on, timezone.localdate(at))
    found = _on_the_way(participation, reason)
    if found.extended_to != due_on:
        with pghistory.context(user=by.pk, reason=reason.strip()):
            Enrolment.objects.open().filter(
                assignment=found.assignment_id, person=found.person_id, due_on__lt=due_on
            ).update(due_on=due_on, overdue_since=None)
            found.extended_to = due_on
            found.save(update_fields=["extended_to"])
        _keep_decision(found, Decision.EXTEND, reason, by, at)
    return found


@transaction.atomic
def exempt_participation(participation: Participation, *, reason: str, by: User, at: datetime) -> Participation:
    """Let somebody who is on the way off for good: what is open is withdrawn with the reason, and stays so."""
    found = _on_the_way(participation, reason)
    with pghistory.context(user=by.pk):
        take_back(found.assignment, [found.person_id], reason=exempted_reason(reason.strip()), at=at)
        found.exempted_at, found.exempted_by, found.exempt_reason = at, by, reason.strip()
        found.save(update_fields=["exempted_at", "exempted_by", "exempt_reason"])
    _keep_decision(found, Decision.EXEMPT, reason, by, at)
    return found


def _on_the_way(participation: Participation, reason: str) -> Participation:
    _check_reason(reason)
    every = Participation.objects.select_related("assignment__programme", "person")
    found = every.select_for_update(of=("self",)).get(pk=participation.pk)
    if found.completed_at or found.left_at or found.exempted_at:
        raise Refused(_("Only who is on the way can be extended or exempted."), code="not_on_the_way")
    return found


def _keep_decision(found: Participation, decision: Decision, reason: str, by: User, at: datetime) -> None:
    """Among the decisions that HR looks up."""
    values = {"resolved_at": at, "resolved_by": by, "resolution": reason.strip(), "decision": decision}
    values["extended_to"] = found.extended_to if decision == Decision.EXTEND else None
    DueException.objects.update_or_create(
        assignment=found.assignment,
        person=found.person,
        defaults=values,
        create_defaults={**values, "reason": "asked"},
    )


def decide(
    exception: DueException, decision: str, *, due_on: date | None, reason: str, by: User, at: datetime
) -> DueException:
    """Extend, exempt or override."""
    if decision == Decision.EXTEND:
        if due_on is None:
            raise Refused(_("Say the day."), field="due_on", code="due_missing")
        return extend_exception(exception, due_on=due_on, reason=reason, by=by, at=at)
    act = exempt if decision == Decision.EXEMPT else override
    return act(exception, reason=reason, by=by, at=at)
