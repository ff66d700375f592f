"""What beat does for check-ins: remind both, tell both of a missed one, and in the end HR and the supervisor.

Nobody who is away is told anything. Is the mentee away, everything waits. Is the mentor away, the mentee needs somebody
else for the time: the question goes to HR. `escalated_at` is when HR was told last. HR is told anew when it is missed
again: after the mentor's return, or on the other day to which both have moved it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from mentoring.checkins.away import Absences
from mentoring.checkins.models import CheckIn, CheckInQuerySet
from mentoring.guidance.models import GuidanceRule
from mentoring.rotation.deciders import supervisors_of
from trainingsite.core.days import company_day, start_of
from trainingsite.notices.actions import Message, notify
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

DAY = timedelta(days=1)
STAGES = {1: "tomorrow", 0: "today"}


@transaction.atomic
def remind(*, on: date, at: datetime | None = None) -> int:
    """Tell both the day before, on the day and once when it has passed; later HR and the supervisor.

    Returns the new notices. Days that beat missed are made up for, and running twice tells nothing twice.
    """
    due = list(_due(on))
    days = [day for each in due for day in (each.due_on, _told_on(each)) if day]
    absences = Absences.of(_people(due), min(days, default=on), on + DAY)
    told = notify(message for checkin in due for message in _reminders(checkin, on, absences))
    rule = GuidanceRule.objects.current()
    open_now = [each for each in due if not absences.away(each.pairing.mentee_id, on)]
    after = timedelta(days=rule.escalate_after)
    missed = [(each, since) for each in open_now if (since := _untold(each, absences)) and since + after <= on]
    away = {each.pk for each, _since in missed if absences.away(each.pairing.mentor_id, on)}
    return told + sum(_escalate(each, since, on, at or start_of(on), away) for each, since in missed)


def _told_on(checkin: CheckIn) -> date | None:
    """The day on which HR was told last."""
    return company_day(checkin.escalated_at) if checkin.escalated_at else None


def _untold(checkin: CheckIn, absences: Absences) -> date | None:
    """Since when it waits without that HR has been told; nothing if HR knows.

    Who told HR of a mentor who was away begins anew on the day of the return.
    """
    told_on = _told_on(checkin)
    if told_on is None:
        return checkin.due_on
    since = max(checkin.due_on, absences.back(checkin.pairing.mentor_id, told_on))
    return since if since > told_on or checkin.due_on == told_on else None


def _due(on: date) -> CheckInQuerySet:
    """Planned ones of open pairings whose two still work here; where somebody left, a repair is under way."""
    working = Q()
    for side in ("mentor", "mentee"):
        stays = Q(**{f"pairing__{side}__left_on": None}) | Q(**{f"pairing__{side}__left_on__gt": on})
        working &= stays & Q(**{f"pairing__{side}__is_active": True})
    rows = CheckIn.objects.planned().filter(working, due_on__lte=on + DAY, pairing__ended_on=None)
    return rows.select_related("pairing__mentor", "pairing__mentee__department").order_by("pk")


def _people(checkins: Iterable[CheckIn]) -> Iterator[int]:
    for checkin in checkins:
        yield from (checkin.pairing.mentor_id, checkin.pairing.mentee_id)


def _reminders(checkin: CheckIn, on: date, absences: Absences) -> Iterator[Message]:
    """What the two are told on the day."""
    pairing, left = checkin.pairing, (checkin.due_on - on).days
    both = [(pairing.mentor, pairing.mentee), (pairing.mentee, pairing.mentor)]
    missing = [person for person, _other in both if absences.away(person.pk, checkin.due_on if left >= 0 else on)]
    if left < 0 and missing:
        return
    stage = "away" if missing else STAGES.get(left, "overdue")
    for person, other in both:
        facts = {"other": other.name, "who": " · ".join(each.name for each in missing)}
        yield _message(checkin, person.pk, "checkin_due", checkin.due_on, {"stage": stage, **facts})


def _message(checkin: CheckIn, person: int, kind: str, since: date, facts: dict[str, Any]) -> Message:
    key = f"checkin:{checkin.pk}:{since}:{facts['stage']}"
    facts = {"on": checkin.due_on.isoformat(), **facts}
    return Message(person, kind, key, facts, reverse("checkin", args=[checkin.pk]))


def _escalate(checkin: CheckIn, since: date, on: date, at: datetime, away: Collection[int]) -> int:
    """HR and the nearest supervisor are told, and the two know of it; whoever is away is left in peace.

    `away` are the check-ins whose mentor is.
    """
    known = {"pk": checkin.pk, "escalated_at": checkin.escalated_at, "held_on": None}
    if not CheckIn.objects.filter(**known).update(escalated_at=at):
        return 0
    pairing, mentor_away = checkin.pairing, checkin.pk in away
    facts = {"mentor": pairing.mentor.name, "mentee": pairing.mentee.name, "days": (on - checkin.due_on).days}
    facts["stage"] = "mentor_away" if mentor_away else "missed"
    told = [_message(checkin, pk, "checkin_missed", since, facts) for pk in _leading(checkin)]
    both = [(pairing.mentee, pairing.mentor), (pairing.mentor, pairing.mentee)]
    for person, other in both[:1] if mentor_away else both:
        told.append(_message(checkin, person.pk, "checkin_due", since, {"stage": "told_hr", "other": other.name}))
    return notify(told)


def _leading(checkin: CheckIn) -> list[int]:
    """HR and the mentee's nearest supervisor, without the mentor."""
    hr = RoleGrant.objects.filter(role=Role.HR, user__is_active=True).order_by("user_id")
    people = [*hr.values_list("user_id", flat=True), *(each.pk for each in supervisors_of(checkin.pairing.mentee)[:1])]
    return [pk for pk in dict.fromkeys(people) if pk != checkin.pairing.mentor_id]
