"""What the plan costs each department: hours, hours a person, the budget and its use, the fullest hour."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from courses.planning.lanes import HOURS, Hours, Window
from courses.planning.models import TrainingBudget
from courses.planning.quarters import Quarter
from trainingsite.people.models import Department, User

HOUR = timedelta(hours=1)
DEEPEST = 3


@dataclass(frozen=True)
class DepartmentLoad:
    """A department with all below it in a quarter."""

    department: Department
    indent: int
    people: int
    minutes: int
    budget: int | None
    peak: int
    peak_at: datetime | None

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def hours_a_person(self) -> float | None:
        return self.hours / self.people if self.people else None

    @property
    def used(self) -> float | None:
        """The share of the budget that the plan takes."""
        return self.hours / self.budget if self.budget else None

    @property
    def level(self) -> str:
        """Whether the budget holds: good, warn from nine tenths on, bad when it is overdrawn."""
        used = self.used
        if used is None:
            return ""
        return "bad" if used > 1 else "warn" if used >= 0.9 else "good"  # noqa: PLR2004 - nine tenths

    @property
    def peak_share(self) -> float | None:
        return self.peak / self.people if self.people and self.peak else None


def loads(quarter: Quarter, window: Window, tree: Sequence[Department]) -> list[DepartmentLoad]:
    """A line for each department of the tree down to the third level, and for whichever has a budget."""
    path = window.filters.department_path
    shown = [department for department in tree if department.path.startswith(path)]
    people = _people(window)
    hours = [each for provider in HOURS.values() for each in provider(window)]
    budgets = TrainingBudget.objects.filter(year=quarter.year, quarter=quarter.number)
    known = dict(budgets.values_list("department_id", "hours"))
    top = min((department.depth for department in shown), default=1)
    rows = [d for d in shown if d.depth < top + DEEPEST or d.pk in known]
    paths = {department.pk: department.path for department in tree}
    return [_load(row, top, people, hours, paths, known.get(row.pk)) for row in rows]


def _people(window: Window) -> dict[int, int]:
    """How many people work in each department itself."""
    employed = User.objects.employed(window.today).exclude(department=None)
    return dict(employed.order_by().values_list("department_id").annotate(n=Count("pk")))


def _load(
    department: Department,
    top: int,
    people: dict[int, int],
    hours: Iterable[Hours],
    paths: dict[int, str],
    budget: int | None,
) -> DepartmentLoad:
    below = {pk for pk, path in paths.items() if path.startswith(department.path)}
    spent = [each for each in hours if each.department in below]
    at, peak = _peak(spent)
    return DepartmentLoad(
        department=department,
        indent=department.depth - top,
        people=sum(people.get(pk, 0) for pk in below),
        minutes=sum(each.people * each.minutes for each in spent),
        budget=budget,
        peak=peak,
        peak_at=at,
    )


def _peak(hours: Iterable[Hours]) -> tuple[datetime | None, int]:
    """The hour in which most are in training, the earliest of them, and how many they are."""
    at_once: defaultdict[datetime, int] = defaultdict(int)
    for each in hours:
        if each.start is None:
            continue
        hour = each.start.replace(minute=0, second=0, microsecond=0)
        while hour < each.start + timedelta(minutes=each.minutes):
            at_once[hour] += each.people
            hour += HOUR
    if not at_once:
        return None, 0
    at = min(at_once, key=lambda hour: (-at_once[hour], hour))
    return at, at_once[at]
