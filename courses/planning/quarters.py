"""Quarters as the planning board shows them: whole weeks from Monday on."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONTHS = 3
FIRST_YEAR, LAST_YEAR = 2020, 2099
WRITTEN = re.compile(r"(\d{4})-([1-4])$", re.ASCII)


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def read(cls, text: str, today: date) -> "Quarter":
        """The quarter written like 2026-4; today's when it is no such text."""
        match = WRITTEN.match(text)
        found = cls(int(match[1]), int(match[2])) if match else cls.of(today)
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else cls.of(today)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        return _("Quarter %(number)s of %(year)s") % {"number": self.number, "year": self.year}

    @property
    def first(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        return self.after.first - DAY

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - DAY)

    @property
    def first_shown(self) -> date:
        """The Monday of the first week."""
        return self.first - self.first.weekday() * DAY

    @property
    def weeks(self) -> int:
        """How many weeks the quarter touches: 13 or 14."""
        return (self.last - self.first_shown).days // 7 + 1

    @property
    def last_shown(self) -> date:
        """The Sunday of the last week."""
        return self.first_shown + self.weeks * WEEK - DAY
