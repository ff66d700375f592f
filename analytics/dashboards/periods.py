"""The period that a dashboard shows: a month, three or twelve, ended by a month; both stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from analytics.rollups.figures import Span

FIRST_WEEK = 7
TREND_MONTHS = 12
EARLIEST = date(2000, 1, 1)


class Length(models.TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("12 months")


MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}
BEFORE = {
    Length.MONTH: _("the month before"),
    Length.QUARTER: _("the three months before"),
    Length.YEAR: _("the twelve months before"),
}


@dataclass(frozen=True)
class Period:
    """`last` is the first day of the last month."""

    length: Length
    last: date
    newest: date

    @property
    def first(self) -> date:
        return _back(self.last, MONTHS[self.length] - 1)

    @property
    def months(self) -> list[date]:
        return _months(self.last, MONTHS[self.length])

    @property
    def months_before(self) -> list[date]:
        """As many months, just before."""
        return _months(_back(self.first, 1), MONTHS[self.length])

    @property
    def trend(self) -> list[date]:
        """The twelve months that lines show, whatever the period."""
        return _months(self.last, TREND_MONTHS)

    @property
    def all_months(self) -> list[date]:
        return _months(self.last, 2 * TREND_MONTHS)

    @property
    def span(self) -> Span:
        return Span(since=self.all_months[0], first=self.first, last=self.last)

    @property
    def end(self) -> date:
        """The day after the period."""
        return _back(self.last, -1)

    @property
    def label(self) -> str:
        first, last = (date_format(month, "YEAR_MONTH_FORMAT") for month in (self.first, self.last))
        return last if first == last else f"{first} – {last}"

    @property
    def before_label(self) -> str:
        return str(BEFORE[self.length])

    @property
    def query(self) -> str:
        return self._query(self.length, self.last)

    @property
    def earlier(self) -> str:
        return self._query(self.length, _back(self.last, MONTHS[self.length]))

    @property
    def later(self) -> str:
        """Empty when there is nothing later."""
        following = min(_back(self.last, -MONTHS[self.length]), self.newest)
        return self._query(self.length, following) if following > self.last else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The lengths: label, address, whether it is this one."""
        return [(str(length.label), self._query(length, self.last), length == self.length) for length in Length]

    @staticmethod
    def _query(length: Length, last: date) -> str:
        return urlencode({"period": length.value, "until": f"{last:%Y-%m}"})


def period_of(query: Mapping[str, str], today: date) -> Period:
    """The period that the address asks for; what makes no sense gives the month at hand.

    In the first week of a month that is the month before, since a few days say nothing yet.
    """
    newest = today.replace(day=1)
    usual = newest if today.day > FIRST_WEEK else _back(newest, 1)
    asked = query.get("period", "")
    length = Length(asked) if asked in Length.values else Length.MONTH
    return Period(length, min(_month(query.get("until", "")) or usual, newest), newest)


def _month(text: str) -> date | None:
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month >= EARLIEST else None


def _back(month: date, months: int) -> date:
    return month - relativedelta(months=months)


def _months(last: date, count: int) -> list[date]:
    """`count` months up to `last`, the oldest first."""
    return [_back(last, back) for back in range(count - 1, -1, -1)]
