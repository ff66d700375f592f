"""Read all of a matrix: in a fixed number of queries, however many people and competencies there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.matrix.columns import Column, columns
from assessments.matrix.filters import MatrixFilter
from assessments.matrix.people import Asked, Person, chosen, in_care
from assessments.matrix.table import Foot, Row, Sum, foot_of, rows_of, sorted_rows, sum_of
from assessments.profiles.fitting import asked_on, of_job
from assessments.ratings.asof import levels_on
from trainingsite.core import given
from trainingsite.core.days import company_day, end_of
from trainingsite.people.models import Department, Position, User

MOST_PEOPLE = 1000  # more say nothing side by side, and would take seconds


@dataclass(frozen=True)
class Book:
    """The rows that were asked for, of `people` that fit; none when those are too many."""

    filterset: MatrixFilter
    departments: dict[int, Department]
    day: date
    past: date | None
    people: int
    shown: list[Column]
    rows: list[Row]
    feet: list[Foot]
    sum: Sum

    @property
    def department(self) -> Department | None:
        """The one that was chosen."""
        return self.departments.get(self.filterset.value("department") or 0)

    @property
    def too_many(self) -> bool:
        return self.people > MOST_PEOPLE


def book_for(user: User, query: Any, *, at: datetime) -> Book:
    """The matrix of what the person sees, narrowed and sorted by the query of an address."""
    today = company_day(at)
    past = _past(query.get("on", ""), today)
    every, places = columns(), {row.pk: row for row in Department.objects.in_tree_order()}
    asked = asked_on(Position.objects.values("pk"), past or today)  # type: ignore[arg-type]  # ids by a subquery
    filterset = MatrixFilter(query, departments=places, asked=asked, every=every)
    seen = in_care(user, past or today) if not filterset.problems else User.objects.none()
    people = chosen(seen, filterset.choice(past), asked)
    shown = _shown(every, filterset, asked)
    rows = _rows(people, shown, asked, end_of(past) if past else at) if len(people) <= MOST_PEOPLE else []
    if filterset.value("gap"):
        rows = [row for row in rows if row.has_gap]
    rows = sorted_rows(rows, shown, query.get("sort", "name"))
    return Book(filterset, places, past or today, past, len(people), shown, rows, foot_of(rows, shown), sum_of(rows))


def _past(text: str, today: date) -> date | None:
    """The day asked for if it is over; without one it is today."""
    day = given.day(text)
    return day if day and day < today else None


def _shown(every: Sequence[Column], filterset: MatrixFilter, asked: Asked) -> list[Column]:
    """The columns of the group; with a profile, those that it asks for."""
    group, profile = filterset.value("group"), filterset.value("profile")
    needed = {need.competency_id for row in asked.values() if row.profile_id == profile for need in row.needs}
    return [
        column
        for column in every
        if (group is None or column.group_id == group) and (profile is None or column.pk in needed)
    ]


def _rows(people: Sequence[Person], shown: Sequence[Column], asked: Asked, at: datetime) -> list[Row]:
    derived = levels_on([person.pk for person in people], at=at)
    levels = {pk: {key: each.level for key, each in of.items()} for pk, of in derived.items()}
    wanted = {person.pk: found for person in people if (found := of_job(person.job, asked))}
    return rows_of(people, shown, wanted, levels)
