"""Change the mentor, give a pairing more time, graduate: what happens to a pairing between beginning and end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mentoring.checkins.models import CheckIn
from mentoring.checkins.steps import copy_open_steps
from mentoring.job_plans.actions import extend_plan
from mentoring.job_plans.models import JobTask
from mentoring.pairings.agreement import check_end, locked, move_end, unsettle
from mentoring.pairings.graduation import Missing, missing
from mentoring.pairings.making import close, finish, pair
from mentoring.pairings.models import EndReason, Extension, Pairing, PairingGoal
from mentoring.pairings.rights import leads, may_graduate
from mentoring.pairings.telling import tell_extended, tell_pairing
from trainingsite.core.days import company_day
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


@transaction.atomic
def change_mentor(
    pairing: Pairing, mentor: User, *, on: date, reason_note: str, starts_on: date | None = None, tell: bool = True
) -> Pairing:
    """Let somebody else go on from `on`: with the plan, the goals, the planned end and the next check-in as they are.

    A pairing that was to begin later is called off, and the new one begins on the day that was planned; `starts_on`
    lets it begin later than that. The agreement is to be agreed on anew. A repeat returns the pairing with the new
    mentor.
    """
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee", "plan")
    old = rows.get(pk=pairing.pk)
    if not old.is_open:
        return _changed_already(old, mentor)
    if mentor.pk == old.mentor_id:
        raise Refused(_("%(mentor)s is the mentor already.") % {"mentor": mentor}, field="mentor", code="same_mentor")
    planned, begins = old.checkins.planned().first(), max(on, old.started_on, starts_on or on)
    close(old, EndReason.CHANGED, on, reason_note)
    new = pair(
        mentor,
        old.mentee,
        on=begins,
        goal=old.goal,
        plan=old.plan,
        planned_end=max(old.planned_end, begins) if old.planned_end else None,
        tell=False,
    )
    _carry_over(old, new, planned)
    if tell:
        tell_pairing(old, "pairing_ended")
        tell_pairing(new, "pairing_started")
    return new


def _changed_already(old: Pairing, mentor: User) -> Pairing:
    if found := old.mentee.pairings.open().filter(mentor=mentor, started_on__gte=old.ended_on).first():
        return found
    raise Refused(_("This pairing has ended."), code="pairing_ended")


def _carry_over(old: Pairing, new: Pairing, planned: CheckIn | None) -> None:
    """The goals with what is reached of them; the planned check-in with its agenda, and open next steps again on it.

    What the old mentor noted for himself or herself on it is nobody else's, so that it is given up.
    """
    PairingGoal.objects.bulk_create(
        PairingGoal(pairing=new, position=g.position, text=g.text, by_day=g.by_day, reached_on=g.reached_on)
        for g in old.goals.all()
    )
    if planned is not None:
        new.checkins.planned().delete()
        planned.pairing, planned.due_on = new, max(planned.due_on, new.started_on)
        planned.escalated_at, planned.note = None, ""
        if planned.wanted_by_id == old.mentor_id:
            planned.wanted_on, planned.wanted_by, planned.wanted_why = None, None, ""
        fields = ["pairing", "due_on", "escalated_at", "note", "wanted_on", "wanted_by", "wanted_why"]
        planned.save(update_fields=fields)
    copy_open_steps(old, planned or new.checkins.get(held_on=None))


@transaction.atomic
def extend(pairing: Pairing, until: date, *, reason: str, by: User, at: datetime) -> Pairing:
    """Give the pairing and its plan more time; the agreement is to be agreed on anew. A repeat changes nothing.

    Tasks that not both have signed are due as many days later; the weeks in which they may begin stay.
    """
    found = locked(pairing)
    before = found.planned_end or (found.plan.ends_on if found.plan else None)
    if before == until and found.extensions.filter(after=until).exists():
        return found
    if not leads(by, found):
        raise Refused(_("HR and supervisors give more time."), code="not_yours")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    _check_longer(found, before, until, company_day(at))
    assert before is not None  # noqa: S101 - checked just now
    Extension.objects.create(pairing=found, before=before, after=until, reason=reason.strip(), by=by, at=at)
    _move_plan(found, until, until - before)
    move_end(found, until)
    unsettle(found)
    tell_extended(found, reason.strip(), but=by.pk)
    return found


def _check_longer(pairing: Pairing, before: date | None, until: date, on: date) -> None:
    if before is None:
        raise Refused(_("First write down until when it is planned."), field="until", code="no_end")
    if until <= before or until < on:
        raise Refused(
            _("More time ends on a later day than planned so far, and not in the past."),
            field="until",
            code="not_longer",
        )
    check_end(until, began=pairing.started_on, field="until")


def _move_plan(pairing: Pairing, until: date, by: timedelta) -> None:
    plan = pairing.plan
    if plan is not None and plan.is_open:
        extend_plan(plan, until)
        JobTask.objects.filter(plan=plan, done_on=None).update(due_on=F("due_on") + by)


@transaction.atomic
def graduate(pairing: Pairing, *, by: User, on: date, despite: str = "", tell: bool = True) -> Pairing:
    """End the pairing because its goal is reached, and the plan with it; refused while something is missing.

    HR may let somebody graduate `despite` that, with the reason. A repeat changes nothing.
    """
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee__department", "plan")
    found = rows.get(pk=pairing.pk)
    if found.end_reason == EndReason.REACHED:
        return found
    if not found.is_open:
        raise Refused(_("This pairing has ended."), code="pairing_ended")
    if not may_graduate(by, found):
        raise Refused(_("The mentor, HR and supervisors let somebody graduate."), code="not_yours")
    lacking = missing(found, on=on)
    if lacking and Role.HR not in by.roles:
        raise Refused(_missing_in_words(lacking), code="not_ready")
    if lacking and not despite.strip():
        raise Refused(_missing_in_words(lacking), field="despite", code="not_ready")
    return finish(found, EndReason.REACHED, on, despite.strip() if lacking else "", tell=tell)


def _missing_in_words(lacking: list[Missing]) -> str:
    each = [f"{row.text} {row.done}/{row.wanted}" for row in lacking]
    return _("Still missing: %(conditions)s.") % {"conditions": listed(each)}
