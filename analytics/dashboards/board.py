"""What a dashboard shows: tiles, charts, teams sorted by need, and what needs a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from analytics.dashboards.parts import Part
from analytics.dashboards.periods import Period
from analytics.dashboards.values import TRAINING, Value, of_figures, of_learning, of_readings
from analytics.metrics.models import Metric, Origin
from analytics.rollups.figures import Figures, Learning, Measured, figures_of
from analytics.targets.aims import Aimed, aimed_metrics
from trainingsite.people.models import Department

ROWS = {"completion-rate": "enrolments", "pass-rate": "tests", "mean-score": "tests"}


@dataclass(frozen=True)
class Board:
    """The figures of a part (or a person) in a period, with the targets that hold there at its end."""

    period: Period
    figures: Figures
    aimed: dict[str, Aimed]
    path: str
    scope: str

    @property
    def measured_metrics(self) -> list[Metric]:
        return [one.metric for one in self.aimed.values() if one.metric.origin == Origin.READINGS]

    @property
    def training_metrics(self) -> list[Metric]:
        """In the order of the tiles; a metric counted from training that we cannot count is left out."""
        return [one.metric for one in self.aimed.values() if one.metric.code in TRAINING]

    def target(self, metric: Metric) -> float | None:
        return self.aimed[metric.code].target(self.path, self.period.last)

    def value(self, metric: Metric) -> Value:
        return of_figures(metric, self.figures, self.period.months, self.target(metric))

    def before(self, metric: Metric) -> Value:
        return of_figures(metric, self.figures, self.period.months_before)

    def rows_url(self, metric: Metric, **more: str) -> str:
        """The rows behind the metric's figure."""
        kind = ROWS.get(metric.code, "readings")
        extra = {"metric": metric.code, **more} if kind == "readings" else more
        query = "&".join(filter(None, [self.scope, self.period.query, *(f"{k}={v}" for k, v in extra.items())]))
        return f"{reverse(f'dashboard-{kind}')}?{query}"

    def tile(self, metric: Metric) -> dict[str, Any]:
        """The parameters of the kit's tile, and what the metric means."""
        value, before = self.value(metric), self.before(metric)
        return {
            "label": str(metric),
            "definition": metric.in_language("definition"),
            "value": value.shown,
            "unit": "" if value.number is None else value.unit,
            "period": self.period.label,
            "n": f"{value.n:,}",
            "target": value.shown_target,
            "level": value.level,
            "level_text": value.level_text,
            "trend": value.trend_since(before),
            "trend_text": value.trend_text(before, self.period.before_label),
            "url": self.rows_url(metric),
        }


def board_of(part: Part, period: Period) -> Board:
    """Two queries."""
    return Board(period, figures_of(part.paths, period.span), aimed_metrics(), part.path, part.query)


@dataclass(frozen=True)
class Team:
    """A department below the one shown, with its whole subtree.

    `late` people have something overdue today; `values` are in the order of the table's columns.
    """

    department: Department
    late: int
    values: list[Value]

    @property
    def need(self) -> tuple[int, int, str]:
        """Who misses most targets first, then who has most people overdue."""
        missed = sum(value.level == "bad" for value in self.values)
        return -missed, -self.late, self.department.path


class Training(NamedTuple):
    """A month in which people were trained, and the topic that most of them learned; `mark` stands in the charts."""

    mark: str
    month: date
    topic: str


def teams_of(board: Board, part: Part, late_in: Mapping[int, int]) -> list[Team]:
    """The departments below, each with everything below it, sorted by need; `late_in`: late people by department."""
    teams = (_team(board, department, part.below, late_in) for department in part.below)
    return sorted(teams, key=lambda team: team.need)


def _team(board: Board, department: Department, family: list[Department], late_in: Mapping[int, int]) -> Team:
    ids = [one.pk for one in family if one.path.startswith(department.path)]
    figures = board.figures
    learning = sum((figures.learning.by_department[pk] for pk in ids), Learning())
    values = [of_learning(metric, learning, _target(board, metric, department)) for metric in board.training_metrics]
    for metric in board.measured_metrics:
        known = figures.measured.by_department[metric.pk]
        sums = sum((known[pk] for pk in ids if pk in known), Measured())
        values.append(of_readings(metric, sums, _target(board, metric, department)))
    return Team(department, sum(late_in.get(pk, 0) for pk in ids), values)


def _target(board: Board, metric: Metric, department: Department) -> float | None:
    return board.aimed[metric.code].target(department.path, board.period.last)


def trained_months(board: Board, people: int) -> list[Training]:
    """Months of the trend in which the people were trained: at least a fifth of them completed a whole course."""
    found: list[Training] = []
    for month in board.period.trend:
        topics = {pk: row.trained for pk, row in board.figures.learning.by_month.get(month, {}).items() if row.trained}
        if topics and sum(topics.values()) >= max(1, people / 5):
            most = max(topics, key=lambda pk: topics[pk])
            found.append(Training(chr(ord("①") + len(found)), month, board.figures.learning.topics[most].name))
    return found
