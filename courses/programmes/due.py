"""Rules of due dates: which day a rule means for each person, and whether the day can be met."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.programmes.models import DueRule, Reason
from trainingsite.core.errors import Refused

MOST_DAYS = 3650


@dataclass(frozen=True)
class Due:
    """When a plan is due: on a fixed day, or days after the assignment or after being hired."""

    rule: str
    on: date | None = None
    days: int | None = None

    def check(self, today: date) -> None:
        """Raise Refused at the field that is missing or means nothing."""
        if self.rule == DueRule.FIXED:
            if self.on is None:
                raise Refused(_("Say the day."), field="due_on", code="due_missing")
            if self.on < today:
                raise Refused(_("This date has passed."), field="due_on", code="due_in_past")
        elif self.days is None or not 1 <= self.days <= MOST_DAYS:
            text = _("A whole number of days from 1 to %(most)s.") % {"most": MOST_DAYS}
            raise Refused(text, field="due_days", code="due_days_out_of_range")

    def of(self, hired_on: date | None, assigned_on: date) -> date | None:
        """The day for a person; None when the rule needs a hire date that nobody knows."""
        if self.rule == DueRule.FIXED:
            return self.on
        start = assigned_on if self.rule == DueRule.AFTER_ASSIGNMENT else hired_on
        return start + timedelta(days=self.days or 0) if start else None


@dataclass(frozen=True)
class Dated:
    """People with their day, and those whose day cannot be met with the computed day and the reason."""

    days: dict[int, date] = field(default_factory=dict)
    exceptions: dict[int, tuple[date | None, Reason]] = field(default_factory=dict)


def date_people(people: Iterable[tuple[int, date | None]], due: Due, *, on: date) -> Dated:
    """Apply the rule to pairs of person and hire date."""
    dated = Dated()
    for person, hired_on in people:
        day = due.of(hired_on, on)
        if day is None:
            dated.exceptions[person] = (None, Reason.NO_HIRE_DATE)
        elif day < on:
            dated.exceptions[person] = (day, Reason.DUE_IN_PAST)
        else:
            dated.days[person] = day
    return dated
