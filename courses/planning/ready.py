"""The peak seasons of every year (大促日历), ready to be loaded; their dates are proposals that HR adjusts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# New Year's Day of the Chinese calendar, as the Purple Mountain Observatory announced it.
LUNAR_NEW_YEAR = {
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
}
YEARS = sorted(LUNAR_NEW_YEAR)
GOODS_FROM, GOODS_TO = timedelta(days=28), timedelta(days=8)  # before the new year: parcels stop a week ahead
Days = tuple[date, date]


@dataclass(frozen=True)
class Ready:
    """A peak season that comes every year: `name` is the English msgid, `days` its usual dates in a year."""

    code: str
    name: str
    days: Callable[[int], Days]

    def key(self, year: int) -> str:
        """What marks the season that was loaded from this entry."""
        return f"{self.code}-{year}"

    def title(self) -> str:
        return _(self.name)


def _goods(year: int) -> Days:
    new_year = LUNAR_NEW_YEAR[year]
    return new_year - GOODS_FROM, new_year - GOODS_TO


READY = (
    Ready("new-year-goods", gettext_noop("New Year goods festival"), _goods),
    Ready("618", gettext_noop("618"), lambda year: (date(year, 6, 12), date(year, 6, 20))),
    Ready("double-11", gettext_noop("Double 11"), lambda year: (date(year, 11, 6), date(year, 11, 14))),
    Ready("double-12", gettext_noop("Double 12"), lambda year: (date(year, 12, 8), date(year, 12, 14))),
)
