"""A pairing as a line of the board, on the page and in its files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring.board.actions import reminded_key
from mentoring.board.reasons import Reason, reasons_of
from mentoring.board.states import State
from mentoring.job_plans.models import JobPlan
from trainingsite.core.display import listed
from trainingsite.notices.models import Notice

LOOKS = {State.ON_TRACK: "good", State.LATE: "warn", State.AT_RISK: "bad"}


@dataclass(frozen=True)
class Line:
    """A pairing that `with_state` and `with_progress` have judged, its state in words, and what to do about it."""

    row: Any
    reasons: list[Reason]
    day: date
    reminded: bool = False

    @property
    def state(self) -> State:
        return State(self.row.state)

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def week(self) -> int:
        """The week of the plan, its last one at most; of the pairing where there is no plan; 0 before the first day."""
        plan: JobPlan | None = self.row.plan
        if plan is not None:
            return min(plan.week_of(self.day), plan.weeks)
        begun: date = self.row.started_on
        return max(0, (self.day - begun).days // 7 + 1)

    @property
    def may_remind(self) -> bool:
        """Whether a reminder reaches somebody who can do something."""
        sides = ("mentee",) if self.row.sign_gone else ("mentor", "mentee")
        return any(reason.concerns(side) for reason in self.reasons for side in sides)

    @property
    def wants_mentor(self) -> bool:
        """Another mentor is what would help."""
        return bool(self.row.sign_gone or self.row.sign_away)

    @property
    def wants_time(self) -> bool:
        return bool(self.row.sign_over)


def lines_of(rows: Iterable[Any], *, on: date, reminded: set[str] | None = None) -> Iterator[Line]:
    told = reminded or set()
    return (Line(row, reasons_of(row, on=on), on, reminded_key(row.pk, on) in told) for row in rows)


def reminders_of(rows: Iterable[Any], *, on: date) -> set[str]:
    """The keys of the reminders that were sent today; one query."""
    keys = [reminded_key(row.pk, on) for row in rows]
    return set(Notice.objects.filter(key__in=keys).values_list("key", flat=True).distinct()) if keys else set()


def headings() -> list[str]:
    return [
        _("Employee number"),
        pgettext("pairing", "Mentee"),
        _("Department"),
        pgettext("pairing", "Mentor"),
        _("State"),
        pgettext("pairing", "Why"),
        _("On-the-job plan"),
        pgettext("pairing", "Week"),
        pgettext("pairing", "Tasks signed"),
        pgettext("pairing", "Tasks required"),
        _("Since"),
        _("Next check-in"),
        pgettext("pairing", "Last check-in"),
        pgettext("pairing", "Planned until"),
    ]


def cells(line: Line) -> list[Any]:
    row, mentee = line.row, line.row.mentee
    who = [mentee.employee_number, mentee.name, str(mentee.department or ""), row.mentor.name]
    state = [str(line.state.label), listed(reason.text for reason in line.reasons)]
    plan = [row.plan.title if row.plan else "", line.week, row.signed, row.required]
    return [*who, *state, *plan, *(day and day.isoformat() for day in _days(row))]


def _days(row: Any) -> list[date | None]:
    return [row.started_on, row.next_due_on, row.last_held_on, row.ends]
