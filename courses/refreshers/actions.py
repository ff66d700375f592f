"""Make refreshers, and open their runs when the day has come."""

import logging
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.audiences.actions import people_matching
from courses.audiences.models import Audience
from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, CourseStatus
from courses.enrolment.actions import enrol_many
from courses.enrolment.models import Scope
from courses.refreshers.models import Occurrence, Refresher
from courses.refreshers.notices import tell_refreshed
from courses.refreshers.recurrence import days_between, days_from, rule_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)
MOST_DAYS = 365


@transaction.atomic
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
    """Make or change a refresher on the day `on`; runs that were opened stay as they are.

    Refused: a course that tests nothing, a first day in the past (unless it was the first day before).
    """
    if course.status != CourseStatus.PUBLISHED:
        raise Refused(_("Only a published course can be given to people."), field="course", code="course_not_published")
    if not course.units.in_use().filter(kind__in=assessing_kinds()).exists():
        raise Refused(_("This course has no quiz to repeat."), field="course", code="course_without_quiz")
    if not 1 <= days_to_complete <= MOST_DAYS:
        text = _("A whole number of days from 1 to %(most)s.") % {"most": MOST_DAYS}
        raise Refused(text, field="days_to_complete", code="days_out_of_range")
    found = refresher or Refresher(owner=by)
    rule = rule_of(frequency, starts_on)
    if (found.rrule, found.starts_on) != (rule, starts_on):
        if starts_on < on and found.starts_on != starts_on:
            raise Refused(_("This date has passed."), field="starts_on", code="starts_in_past")
        found.rrule, found.starts_on, found.runs_from = rule, starts_on, max(starts_on, on)
    found.title, found.course, found.audience = title.strip() or course.title, course, audience
    found.days_to_complete = days_to_complete
    found.save()
    return found


def pause(refresher: Refresher, *, at: datetime) -> None:
    """Open no runs until further notice."""
    Refresher.objects.filter(pk=refresher.pk, paused_at=None).update(paused_at=at)


def resume(refresher: Refresher, *, on: date) -> None:
    """Go on from `on`; what would have run during the pause is left out."""
    found = Refresher.objects.exclude(paused_at=None).filter(pk=refresher.pk)
    found.update(paused_at=None, runs_from=max(on, refresher.starts_on))


def next_dates(refresher: Refresher, *, after: date, count: int) -> list[date]:
    """The next days of the rule after the day `after`."""
    first = max(after + DAY, refresher.runs_from)
    return list(islice(days_from(refresher.rrule, refresher.starts_on, first), count))


def open_due(*, on: date) -> int:
    """Open every run whose day has come and that is not open yet, the latest first; returns how many.

    A refresher that cannot run (its course was retired, its rule is broken) is logged and does not hold up the others.
    """
    opened = 0
    for refresher in Refresher.objects.running().filter(starts_on__lte=on).select_related("course", "audience"):
        days = days_between(refresher.rrule, refresher.starts_on, refresher.runs_from, on)
        known = set(refresher.occurrences.filter(on__in=days).values_list("on", flat=True))
        for day in sorted(set(days) - known, reverse=True):
            try:
                opened += _open(refresher, day, opening=on)[1]
            except Refused as refusal:
                logger.warning("refresher %s cannot run on %s: %s", refresher.pk, day, refusal.code)
    return opened


def open_occurrence(refresher: Refresher, on: date, *, tell: bool = True) -> Occurrence:
    """Open the run of the day `on`, as of that day; a repeat returns the same one. History tells nobody."""
    return _open(refresher, on, opening=on, tell=tell)[0]


@transaction.atomic
def _open(refresher: Refresher, day: date, *, opening: date, tell: bool = True) -> tuple[Occurrence, bool]:
    """The run of `day`, opened on `opening`, and whether it is new.

    People have until `day` plus the days to complete; when that has passed before a late opening, the days count from
    the opening.
    """
    length = timedelta(days=refresher.days_to_complete)
    due_on = day + length if day + length >= opening else opening + length
    moment = clock.now() if opening == clock.today() else _noon(opening)
    occurrence, created = Occurrence.objects.get_or_create(
        refresher=refresher, on=day, defaults={"due_on": due_on, "opened_at": moment}
    )
    if not created:
        return occurrence, False
    people = list(people_matching(refresher.audience.conditions, on=opening).values_list("pk", flat=True))
    occurrence.reached = len(people)
    occurrence.enrolled = enrol_many(
        people,
        refresher.course,
        on=opening,
        due_on=due_on,
        occurrence=occurrence,
        scope=Scope.ASSESSMENT,
        tell=False,
    )
    occurrence.save(update_fields=["reached", "enrolled"])
    if tell:
        tell_refreshed(occurrence)
    return occurrence, True


def _noon(day: date) -> datetime:
    """A moment of a past day."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()).replace(hour=12))
