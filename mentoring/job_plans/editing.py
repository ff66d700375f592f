"""A template as its editor draws it, and the order that the editor asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from mentoring.job_plans.checking import Finding, findings
from mentoring.job_plans.models import MOST_WEEKS, JobPlanTemplate, Phase, TemplateTask
from mentoring.job_plans.sheet import ICONS
from trainingsite.core.given import LARGEST_KEY, whole


@dataclass(frozen=True)
class DrawnTask:
    task: TemplateTask

    @property
    def icon(self) -> str:
        return ICONS[Phase(self.task.phase)]


@dataclass(frozen=True)
class DrawnWeek:
    number: int
    rows: Sequence[DrawnTask]
    findings: Sequence[Finding]

    @property
    def minutes(self) -> int:
        """What the week takes of the mentor."""
        return sum(row.task.minutes for row in self.rows)


@dataclass(frozen=True)
class Drawn:
    weeks: Sequence[DrawnWeek]
    findings: Sequence[Finding]
    used: int

    @property
    def minutes(self) -> int:
        return sum(week.minutes for week in self.weeks)

    @property
    def tasks(self) -> int:
        return sum(len(week.rows) for week in self.weeks)

    def said(self, moved: int) -> str:
        """What a screen reader hears after a move."""
        for week in self.weeks:
            for place, row in enumerate(week.rows, start=1):
                if row.task.pk == moved:
                    facts = {"task": row.task.text, "week": week.number, "place": place}
                    return _("“%(task)s” is now number %(place)s of week %(week)s.") % facts
        return ""


def drawn(template: JobPlanTemplate) -> Drawn:
    """Two queries: the tasks, and how many plans go on."""
    tasks = list(template.tasks.select_related("competency"))
    found = findings(template, tasks)
    weeks = [
        DrawnWeek(
            number,
            [DrawnTask(task) for task in tasks if task.week == number],
            [finding for finding in found if finding.week == number],
        )
        for number in range(1, template.weeks + 1)
    ]
    return Drawn(weeks, found, template.plans.filter(ended_on=None).count())


def order_asked(data: QueryDict) -> tuple[dict[int, list[int]], int]:
    """The order that the form asks for, and the task that was moved; what is no number is passed over."""
    order: dict[int, list[int]] = {}
    for text in data.getlist("week"):
        if (week := whole(text, MOST_WEEKS, least=1)) is not None:
            order[week] = []
    for place in data.getlist("place"):
        text, _colon, pk = place.partition(":")
        week, task = whole(text, MOST_WEEKS, least=1), whole(pk, LARGEST_KEY, least=1)
        if week is not None and task is not None:
            order.setdefault(week, []).append(task)
    moved = whole(data.get("moved", ""), LARGEST_KEY) or 0
    for name, step in (("up", -1), ("down", 1)):
        if (asked := whole(data.get(name, ""), LARGEST_KEY)) is not None:
            moved = asked
            shift(order, asked, step)
    return order, moved


def shift(order: dict[int, list[int]], task: int, step: int) -> None:
    """One place up or down; beyond the end of a week into the next."""
    weeks = sorted(order)
    at = next((n for n, week in enumerate(weeks) if task in order[week]), None)
    if at is None:
        return
    row = order[weeks[at]]
    place = row.index(task)
    if 0 <= place + step < len(row):
        row.insert(place + step, row.pop(place))
    elif 0 <= at + step < len(weeks):
        row.pop(place)
        beside = order[weeks[at + step]]
        beside.insert(0 if step > 0 else len(beside), task)
