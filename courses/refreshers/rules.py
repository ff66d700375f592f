"""Make and change the rule of a refresher, pause it, let it go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audiences.actions import people_matching
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.refreshers.checks import check_rule
from courses.refreshers.materialising import materialise_rule
from courses.refreshers.models import HOUSE_ZONE, PAUSED, TAKEN, TO_COME, Occurrence, Refresher, State, usual_reminders
from courses.refreshers.notices import announced_to, tell_called_off
from courses.refreshers.recurrence import completed, parse
from courses.refreshers.whats import what_of
from courses.series.models import SessionTemplate
from courses.workdays.days import Region, Shift
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """All that HR says of a refresher. `settings` is what the kind asks for besides course and template."""

    audience: Audience
    rrule: str
    starts_on: date
    what: str = "quiz"
    title: str = ""
    course: Course | None = None
    template: SessionTemplate | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    at_time: time = time.min
    zone: str = HOUSE_ZONE
    exdates: tuple[date, ...] = ()
    shift: str = Shift.NONE
    region: str = Region.CN
    days_to_complete: int = 14
    announce_days: int = 0
    reminders: tuple[int, ...] = field(default_factory=lambda: tuple(usual_reminders()))
    escalate_days: int | None = None
    ready: str = ""


SAME = ("audience", "what", "at_time", "zone", "shift", "region", "days_to_complete", "announce_days", "escalate_days")


@transaction.atomic
def save_rule(refresher: Refresher | None, rule: Rule, *, by: User | None, at: datetime) -> Refresher:
    """Make or change a refresher, and plan its next runs; a Refused names the field and changes nothing.

    Runs that are planned follow the changed rule from today on. Runs that people have heard of, that opened, that were
    skipped or moved by hand stay as they are.
    """
    today = timezone.localdate(at)
    found = Refresher.objects.select_for_update().get(pk=refresher.pk) if refresher else Refresher(owner=by)
    began = found.starts_on
    _take_over(found, rule)
    check_rule(found, began=began, on=today)
    found.runs_from = max(rule.starts_on, today)
    with pghistory.context(user=by.pk if by else None):
        found.save()
        _forget_planned(found, at)
        materialise_rule(found, at=at)
    return found


def _take_over(found: Refresher, rule: Rule) -> None:
    """Write what HR said into the row."""
    what = what_of(rule.what)
    what.check({"course": rule.course, "template": rule.template, **rule.settings})
    for name in SAME:
        setattr(found, name, getattr(rule, name))
    found.course, found.template = rule.course, rule.template
    found.settings = dict(rule.settings)
    found.rrule = completed(parse(rule.rrule), rule.starts_on).text
    found.starts_on = rule.starts_on
    found.exdates = sorted({day.isoformat() for day in rule.exdates})
    found.reminders = sorted(set(rule.reminders), reverse=True)
    found.ready = rule.ready or found.ready
    found.title = rule.title.strip() or what.about(found)


def _forget_planned(refresher: Refresher, at: datetime) -> None:
    """Take away the coming runs that only the rule has planned, and those that had no day of their own.

    They are locked, so that none opens meanwhile.
    """
    by_rule = Q(state=State.PLANNED) | Q(state=State.SKIPPED, skipped_reason=TAKEN)
    planned = refresher.occurrences.filter(by_rule, by_hand=False, opens_at__gt=at)
    ids = list(planned.select_for_update().values_list("pk", flat=True))
    Occurrence.objects.filter(pk__in=ids).delete()


def warnings_of(rule: Rule, *, on: date) -> list[str]:
    """What HR should know before it saves the rule, which it may all the same."""
    found = []
    if not people_matching(rule.audience.conditions, on=on).exists():
        found.append(_("Nobody belongs to this audience today; a run reaches whoever does on its day."))
    return found


REASON_MISSING = gettext_lazy("Say why, so that it can be understood later.")


def reason_given(reason: str) -> str:
    """The reason as it is kept; refused when there is none or it is too long."""
    said = reason.strip()
    if not said:
        raise Refused(REASON_MISSING, field="reason", code="reason_missing")
    most = Occurrence._meta.get_field("skipped_reason").max_length or 0
    if len(said) > most:
        text = _("At most %(most)s characters.") % {"most": most}
        raise Refused(text, field="reason", code="reason_too_long")
    return said


@transaction.atomic
def pause(refresher: Refresher, *, reason: str, by: User | None, at: datetime) -> Refresher:
    """Open no runs until further notice; the reason is kept. A repeat changes nothing."""
    found = Refresher.objects.select_for_update().get(pk=refresher.pk)
    if found.paused_at is None:
        found.paused_at, found.paused_reason = at, reason_given(reason)
        with pghistory.context(user=by.pk if by else None):
            found.save(update_fields=["paused_at", "paused_reason"])
    return found


@transaction.atomic
def resume(refresher: Refresher, *, by: User | None, at: datetime) -> Refresher:
    """Go on. What would have run during the pause is kept as skipped, for the reason of the pause."""
    found = Refresher.objects.select_for_update().get(pk=refresher.pk)
    if found.paused_at is None:
        return found
    reason = found.paused_reason or PAUSED
    with pghistory.context(user=by.pk if by else None):
        materialise_rule(found, at=at)
        left_out = found.occurrences.filter(state__in=TO_COME, opens_at__lte=at)
        for occurrence in left_out.exclude(announced_at=None):
            tell_called_off(occurrence, announced_to(occurrence))
        left_out.update(state=State.SKIPPED, skipped_reason=reason, changed_by=by)
        found.paused_at, found.paused_reason = None, ""
        found.save(update_fields=["paused_at", "paused_reason"])
    return found
