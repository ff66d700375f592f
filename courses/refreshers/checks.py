"""What a rule may not be: each refusal stands at its field and says what is wrong in words."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from zoneinfo import available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.refreshers.days import off_days, runs_between
from courses.refreshers.models import Refresher
from courses.refreshers.recurrence import days_from, parse
from courses.refreshers.whats import what_of
from courses.workdays.days import Region, Shift
from trainingsite.core.errors import Refused

DAY = timedelta(days=1)
MOST_DAYS = 365
MOST_AHEAD = 90
MOST_REMINDERS = 8
MOST_LEFT_OUT = 366
LOOKED_AT = 400
LOOKED_AHEAD = timedelta(days=730)


def check_rule(refresher: Refresher, *, began: date | None, on: date) -> None:
    """Refuse what means nothing. A first day in the past is only that on which the rule `began` before."""
    if refresher.starts_on < on and refresher.starts_on != began:
        raise Refused(_("This date has passed."), field="starts_on", code="starts_in_past")
    _check_zone(refresher)
    _check_lengths(refresher)
    days = _check_days(refresher)
    _check_announcing(refresher, days)
    _check_reminders(refresher)
    _check_shift(refresher, days, on)


def _check_zone(refresher: Refresher) -> None:
    if refresher.zone not in available_timezones():
        raise Refused(_("No time zone has this name."), field="zone", code="zone_unknown")
    if refresher.shift not in Shift.values:
        raise Refused(_("Choose one of the ways to shift."), field="shift", code="shift_unknown")
    if refresher.region not in Region.values:
        raise Refused(_("The holidays of this region are not known."), field="region", code="region_unknown")


def _check_lengths(refresher: Refresher) -> None:
    _in_range(refresher.days_to_complete, 1, MOST_DAYS, "days_to_complete")
    _in_range(refresher.announce_days, 0, MOST_AHEAD, "announce_days")
    if refresher.escalate_days is not None:
        _in_range(refresher.escalate_days, 0, MOST_AHEAD, "escalate_days")


def _in_range(number: int, least: int, most: int, field: str) -> None:
    if not least <= number <= most:
        text = _("A whole number of days from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise Refused(text, field=field, code="days_out_of_range")


def _check_days(refresher: Refresher) -> list[date]:
    """The first days of the rule; refused when there is none, or none that was not left out."""
    pattern = parse(refresher.rrule)
    if pattern.until and pattern.until < refresher.starts_on:
        raise Refused(_("It ends before it begins."), field="rrule", code="ends_before_start")
    if len(refresher.exdates) > MOST_LEFT_OUT:
        text = _("At most %(most)s days can be left out.") % {"most": MOST_LEFT_OUT}
        raise Refused(text, field="exdates", code="too_many_left_out")
    every = list(islice(days_from(refresher.rrule, refresher.starts_on, refresher.starts_on), LOOKED_AT))
    if not every:
        raise Refused(_("This rule never fires within ten years."), field="rrule", code="rule_never_fires")
    days = [day for day in every if day not in refresher.days_left_out]
    if not days:
        raise Refused(_("Every day of this rule is left out."), field="exdates", code="rule_never_fires")
    return days


def _check_announcing(refresher: Refresher, days: list[date]) -> None:
    """It is announced no longer ahead than the rule's rhythm: else two runs are announced at once."""
    ahead = refresher.announce_days
    if what_of(refresher.what).ahead and not ahead:
        text = _("A session has to be planned ahead: at least one day.")
        raise Refused(text, field="announce_days", code="announced_too_late")
    shortest = min((later - earlier for earlier, later in pairwise(days)), default=None)
    if shortest is not None and ahead * DAY > shortest:
        text = _("It comes every %(days)s days; it cannot be announced longer ahead than that.")
        raise Refused(text % {"days": shortest.days}, field="announce_days", code="announced_too_early")


def _check_reminders(refresher: Refresher) -> None:
    """Reminders come between the opening and the due day."""
    if len(refresher.reminders) > MOST_REMINDERS:
        text = _("At most %(most)s reminders.") % {"most": MOST_REMINDERS}
        raise Refused(text, field="reminders", code="too_many_reminders")
    if any(days < 0 for days in refresher.reminders):
        raise Refused(_("A reminder comes before the due day, not after it."), field="reminders", code="reminder_late")
    length = refresher.announce_days if what_of(refresher.what).ahead else refresher.days_to_complete
    if any(days > length for days in refresher.reminders):
        text = _("People have %(days)s days; a reminder cannot come before that.") % {"days": length}
        raise Refused(text, field="reminders", code="reminder_early")


def _check_shift(refresher: Refresher, days: list[date], on: date) -> None:
    """No two runs of the next two years fall on one day by being shifted."""
    if refresher.shift == Shift.NONE:
        return
    first = max(days[0], on)
    last = first + LOOKED_AHEAD
    for earlier, later in _together(refresher, first, last):
        values = {"earlier": date_format(earlier, "DATE_FORMAT"), "later": date_format(later, "DATE_FORMAT")}
        text = _(
            "The runs of %(earlier)s and %(later)s would be shifted to the same day. Leave one of them out, or shift "
            "otherwise."
        )
        raise Refused(text % values, field="shift", code="shifted_together")


def _together(refresher: Refresher, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days of the rule that are shifted to a day that another run has."""
    taken: dict[date, date] = {}
    for run in runs_between(refresher, first, last, off_days(first, last), lead=timedelta(0)):
        if run.on in taken:
            yield taken[run.on], run.planned_on
        taken[run.on] = run.planned_on
