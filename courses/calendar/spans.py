"""The days of a month, a week or a list, and the ways from there to the next."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
MONTH_VIEW, WEEK_VIEW, LIST_VIEW = "month", "week", "list"
VIEWS = (MONTH_VIEW, WEEK_VIEW, LIST_VIEW)


@dataclass(frozen=True)
class Span:
    """The days shown: `begin` to `end` are the month or week itself, `first` to `last` also what fills its weeks."""

    view: str
    begin: date
    end: date
    first: date
    last: date

    @property
    def title(self) -> str:
        """Which days they are, in words."""
        if self.view == WEEK_VIEW:
            values = {
                "first": date_format(self.begin, "DATE_FORMAT"),
                "last": date_format(self.end, "MONTH_DAY_FORMAT"),
            }
            return _("%(first)s – %(last)s") % values
        return date_format(self.begin, "YEAR_MONTH_FORMAT")

    @property
    def before(self) -> date:
        """A day of the month or week before; the calendar ends somewhere."""
        day = self.begin - WEEK if self.view == WEEK_VIEW else (self.begin - DAY).replace(day=1)
        return max(day, FIRST)

    @property
    def after(self) -> date:
        return min(self.end + DAY, LAST)

    def holds(self, day: date) -> bool:
        return self.begin <= day <= self.end


def span_of(view: str, day: date) -> Span:
    """The month or week of the day; a list has a month. Weeks start on Monday."""
    day = min(max(day, FIRST), LAST)
    if view == WEEK_VIEW:
        begin = day - day.weekday() * DAY
        return Span(view, begin, begin + 6 * DAY, begin, begin + 6 * DAY)
    begin, end = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if view == LIST_VIEW:
        return Span(view, begin, end, begin, end)
    return Span(view, begin, end, begin - begin.weekday() * DAY, end + (6 - end.weekday()) * DAY)
