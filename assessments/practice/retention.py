"""Retention, measured: how many of the first answers of a day are right, on cards last answered at least a day before.

Beside it stands what the model had predicted for just these answers. Groups of fewer than five people are not shown:
a figure of so few says more about persons than about the group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek

from assessments.gradebook.groups import FEWEST, wilson
from assessments.practice.models import Grade, Review
from assessments.questions.models import Question
from courses.models import Topic
from trainingsite.people.models import Department

MOST = 10
TOPIC, TEAM = "card__question__topic", "person__department"
FIGURES = {
    "n": Count("pk"),
    "right": Count("pk", filter=Q(rating=Grade.RIGHT)),
    "predicted": Avg("predicted"),
    "people": Count("person", distinct=True),
}


@dataclass(frozen=True)
class Figure:
    """`right` of `n` answers by `people`; `predicted` is the mean chance that was predicted for them, 0 to 1."""

    n: int
    right: int
    predicted: float
    people: int

    @property
    def share(self) -> float:
        return self.right / self.n

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.n)

    @property
    def verdict(self) -> str:
        """Against the prediction: `better`, `worse`, or `as_predicted` where chance may explain the difference."""
        low, high = self.interval
        if low <= self.predicted <= high:
            return "as_predicted"
        return "better" if low > self.predicted else "worse"


@dataclass(frozen=True)
class Lines:
    """Figures by what they are of, and how many groups were too small to be shown."""

    rows: list[tuple[Any, Figure]]
    hidden: int = 0


def measured(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The answers that measure what was kept in mind."""
    return reviews.filter(number=1, interval__gte=1, predicted__isnull=False).order_by()


def overall(reviews: QuerySet[Review]) -> Figure | None:
    """All of them together; None where fewer than five people have answered."""
    found = measured(reviews).aggregate(**FIGURES)
    return Figure(**found) if found["people"] >= FEWEST else None


def by_topic(reviews: QuerySet[Review]) -> Lines:
    """In the order of the tree."""
    found, hidden = _grouped(measured(reviews).values(key=F(TOPIC)))
    topics = Topic.objects.in_bulk(list(found))
    return Lines([(topics[key], found[key]) for key in sorted(found, key=lambda key: topics[key].path)], hidden)


def missed_most(reviews: QuerySet[Review], topic: Topic) -> list[tuple[Question, Figure]]:
    """The questions of the topic that at least five people have practised, the least known first; two queries."""
    of_topic = measured(reviews).filter(card__question__topic=topic)
    found, _hidden = _grouped(of_topic.values(key=F("card__question")))
    worst = sorted(found, key=lambda key: (found[key].share, key))[:MOST]
    questions = Question.objects.select_related("current").in_bulk(worst)
    return [(questions[key], found[key]) for key in worst]


def by_team(reviews: QuerySet[Review]) -> Lines:
    found, hidden = _grouped(measured(reviews).filter(person__department__isnull=False).values(key=F(TEAM)))
    places = Department.objects.filter(pk__in=found).in_tree_order()
    return Lines([(place, found[place.pk]) for place in places], hidden)


def over_time(reviews: QuerySet[Review], *, months: bool) -> Lines:
    """By week (named by its Monday), or by month (by its first day)."""
    found, hidden = _grouped(measured(reviews).values(key=_period(months=months)))
    return Lines(sorted(found.items()), hidden)


def in_detail(reviews: QuerySet[Review], *, months: bool) -> Iterator[tuple[Topic, date, Department, Figure]]:
    """Topic × period × team, where at least five people have answered."""
    keys = {"topic": F(TOPIC), "team": F(TEAM), "period": _period(months=months)}
    rows: Any = measured(reviews).filter(person__department__isnull=False).values(**keys).annotate(**FIGURES)
    large = list(rows.filter(people__gte=FEWEST).order_by("topic", "period", "team"))
    topics = Topic.objects.in_bulk({row["topic"] for row in large})
    teams = Department.objects.in_bulk({row["team"] for row in large})
    for row in large:
        figure = Figure(row["n"], row["right"], row["predicted"], row["people"])
        yield topics[row["topic"]], row["period"], teams[row["team"]], figure


def _period(*, months: bool) -> TruncWeek | TruncMonth:
    return TruncMonth("day") if months else TruncWeek("day")


def _grouped(rows: Any) -> tuple[dict[Any, Figure], int]:
    """The figures of the groups that are large enough, by key, and how many are not."""
    all_of_them = list(rows.annotate(**FIGURES).order_by("key"))
    large = {row.pop("key"): Figure(**row) for row in all_of_them if row["people"] >= FEWEST}
    return large, len(all_of_them) - len(large)
