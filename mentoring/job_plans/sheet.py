"""A plan as its page shows it: weeks with their tasks, what the reader may do with each, how far it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mentoring.job_plans.models import JobPlan, JobTask, Phase, Side, SignResult, TaskSignOff
from mentoring.job_plans.withdrawing import may_withdraw
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User

DAY = timedelta(days=1)
ICONS = {Phase.OBSERVE: "eye", Phase.TOGETHER: "users", Phase.WATCHED: "compass", Phase.ALONE: "rocket"}


@dataclass(frozen=True)
class Row:
    """A task, and what the reader may do with it; `side` is None where nothing may be signed."""

    task: JobTask
    side: Side | None
    begun: bool
    late: bool
    word: TaskSignOff | None = None  # why it is not signed (any more), as long as nothing else was said since
    removable: bool = False
    withdrawable: bool = False  # the reader may take back what others signed

    @property
    def icon(self) -> str:
        return ICONS[Phase(self.task.phase)]

    @property
    def waits_for(self) -> Side | None:
        """Who has still to sign after the other has."""
        task = self.task
        if (task.mentee_signed_at is None) == (task.mentor_signed_at is None):
            return None
        return Side.MENTOR if task.mentor_signed_at is None else Side.MENTEE

    @property
    def signed(self) -> bool:
        """Whether the reader has signed it."""
        own = self.task.mentee_signed_at if self.side == Side.MENTEE else self.task.mentor_signed_at
        return self.side is not None and own is not None

    @property
    def may_sign(self) -> bool:
        return self.side is not None and self.begun and not self.signed

    @property
    def may_undo(self) -> bool:
        return self.signed and self.begun and (self.side == Side.MENTOR or self.task.mentor_signed_at is None)

    @property
    def may_withdraw(self) -> bool:
        return self.withdrawable and (self.task.mentee_signed_at or self.task.mentor_signed_at) is not None

    @property
    def may_say_not_yet(self) -> bool:
        return self.side == Side.MENTOR and self.may_sign

    @property
    def is_next(self) -> bool:
        """Whether it is the reader's turn now."""
        return self.may_sign and (self.side == Side.MENTEE or self.waits_for == Side.MENTOR)


@dataclass(frozen=True)
class Week:
    number: int
    begins: date
    rows: Sequence[Row]
    now: int

    @property
    def pks(self) -> set[int]:
        return {row.task.pk for row in self.rows}

    @property
    def ends(self) -> date:
        return self.begins + 6 * DAY

    @property
    def done(self) -> int:
        return sum(row.task.done_on is not None for row in self.rows)

    @property
    def minutes(self) -> int:
        return sum(row.task.minutes for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def waiting(self) -> int:
        """For the reader's signature, after the other has signed."""
        return sum(row.side is not None and row.waits_for == row.side for row in self.rows)

    @property
    def state(self) -> str:
        if self.rows and self.done == len(self.rows):
            return "done"
        if self.number > self.now:
            return "ahead"
        return "late" if self.late else "now" if self.number == self.now else "open"

    @property
    def is_open(self) -> bool:
        """Whether its tasks are shown at once."""
        return self.number == self.now or self.state == "late" or self.waiting > 0


@dataclass(frozen=True)
class Bar:
    """How far a phase is."""

    phase: Phase
    done: int
    of: int

    @property
    def share(self) -> str:
        return f"{self.done}/{self.of}"

    @property
    def icon(self) -> str:
        return ICONS[self.phase]


@dataclass(frozen=True)
class Sheet:
    plan: JobPlan
    pairing: Pairing | None
    side: Side | None
    day: date
    weeks: Sequence[Week]
    phases: Sequence[Bar] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for week in self.weeks for row in week.rows]

    @property
    def required(self) -> int:
        return sum(row.task.is_required for row in self.rows)

    @property
    def signed(self) -> int:
        """Required tasks that both have signed."""
        return sum(row.task.is_required and row.task.done_on is not None for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(week.waiting for week in self.weeks)

    @property
    def late(self) -> int:
        return sum(week.late for week in self.weeks)

    @property
    def week(self) -> int:
        """The week that it is, none before the first day; the last one goes on."""
        return min(self.plan.week_of(self.day), self.plan.weeks)


def sheet_of(plan: JobPlan, reader: User, on: date) -> Sheet:
    """Three queries: the tasks, what was said of them, the pairing."""
    tasks = list(plan.tasks.select_related("competency", "mentor"))
    last = _last(TaskSignOff.objects.filter(task__plan=plan).select_related("by").order_by("at", "pk"))
    rows = Pairing.objects.open().filter(mentee=plan.mentee_id).select_related("mentor", "mentee")
    pairing = rows.first() if plan.is_open else None
    side = _side(pairing, reader)
    removes, withdraws = side == Side.MENTOR, may_withdraw(plan, reader)
    by_week: dict[int, list[Row]] = defaultdict(list)
    for task in tasks:
        begun = on >= plan.begins(task.week)
        late = task.is_required and task.done_on is None and task.due_on < on and plan.is_open
        free = removes and not task.is_required and task.pk not in last
        by_week[task.week].append(Row(task, side, begun, late, _word(last.get(task.pk)), free, withdraws))
    now = plan.week_of(plan.ended_on or on)
    weeks = [Week(number, plan.begins(number), by_week[number], now) for number in range(1, plan.weeks + 1)]
    return Sheet(plan, pairing, side, on, weeks, bars(tasks))


def _side(pairing: Pairing | None, reader: User) -> Side | None:
    if pairing is None:
        return None
    return {pairing.mentee_id: Side.MENTEE, pairing.mentor_id: Side.MENTOR}.get(reader.pk)


def _last(said: Iterable[TaskSignOff]) -> dict[int, TaskSignOff]:
    """By task what was said of it last."""
    return {row.task_id: row for row in said}


def _word(last: TaskSignOff | None) -> TaskSignOff | None:
    """The last that was said, if it says why the task is not signed."""
    return last if last and last.note and last.result != SignResult.DONE else None


def bars(tasks: Iterable[Any]) -> list[Bar]:
    """How far each phase is that has tasks."""
    of: dict[str, list[bool]] = defaultdict(list)
    for task in tasks:
        of[task.phase].append(task.done_on is not None)
    return [Bar(phase, sum(of[phase]), len(of[phase])) for phase in Phase if of[phase]]
