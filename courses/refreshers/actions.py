"""The acts of refreshers, where others look for them; each stands in the module of its kind.

`rules` make and pause what comes again, `byhand` changes single runs, `runs` and `reminding` are what beat does.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.refreshers.byhand import move_run, run_now, skip, take_back_skip
from courses.refreshers.checks import MOST_DAYS
from courses.refreshers.materialising import materialise, materialise_rule
from courses.refreshers.models import Occurrence, Refresher, State, usual_reminders
from courses.refreshers.recurrence import rule_of
from courses.refreshers.reminding import escalate_due, remind_due
from courses.refreshers.rules import Rule, pause, resume, save_rule, warnings_of
from courses.refreshers.runs import announce_due, beat, close_due, open_due, open_run
from trainingsite.people.models import User

__all__ = [
    "MOST_DAYS",
    "Rule",
    "announce_due",
    "beat",
    "close_due",
    "escalate_due",
    "materialise",
    "move_run",
    "open_due",
    "open_occurrence",
    "pause",
    "remind_due",
    "resume",
    "run_now",
    "save_refresher",
    "save_rule",
    "skip",
    "take_back_skip",
    "warnings_of",
]


def save_refresher(  # noqa: PLR0913 - what a refresher consists of
    refresher: Refresher | None,
    *,
    course: Course,
    audience: Audience,
    frequency: str,
    starts_on: date,
    days_to_complete: int,
    title: str = "",
    by: User | None,
    on: date,
) -> Refresher:
    """Make or change a refresher that gives a quiz every month or quarter, with the usual reminders."""
    rule = Rule(
        course=course,
        audience=audience,
        rrule=rule_of(frequency, starts_on),
        starts_on=starts_on,
        days_to_complete=days_to_complete,
        reminders=tuple(days for days in usual_reminders() if days <= days_to_complete),
        title=title,
    )
    return save_rule(refresher, rule, by=by, at=start_of(on))


def start_of(day: date) -> datetime:
    """The first moment of the day."""
    return timezone.make_aware(datetime.combine(day, time.min))


@transaction.atomic
def open_occurrence(refresher: Refresher, on: date, *, tell: bool = True) -> Occurrence:
    """Open the run of the day `on`, as of that day; a repeat returns the same one. History tells nobody."""
    found = Refresher.objects.select_for_update().get(pk=refresher.pk)
    at = start_of(on).replace(hour=12)
    materialise_rule(found, at=at)
    occurrence = Occurrence.objects.select_for_update().get(refresher=found, on=on)
    if occurrence.state in {State.PLANNED, State.ANNOUNCED}:
        occurrence.refresher = found
        open_run(occurrence, at=at, tell=tell)
    return occurrence
