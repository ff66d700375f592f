"""What points are worth at a moment: each halves with its half-life. The same for a past moment whenever it is asked.

An entry counts from when it was recorded, so neither a late entry nor a counter-entry changes what the balance was.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, FloatField, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Extract, Least, Power

from assessments.points.models import PointEntry

SECONDS_A_DAY = 86_400.0
ZERO = Value(0.0, output_field=FloatField())
GONE = Value(1000.0, output_field=FloatField())  # halvings; PostgreSQL has no numbers for what much more would leave


@dataclass(frozen=True)
class Part:
    """What is left of the points of one event, or for one competency; how many entries earned them."""

    event: str
    competency_id: int | None
    worth: float
    entries: int


@dataclass(frozen=True)
class Summary:
    """The balance, what was put into the ledger lately less what was voided, and how many entries there are."""

    balance: float
    lately: float
    entries: int


def worth(at: datetime) -> Combinable:
    """What an entry is worth at the moment: its points, halved as often as half-lives have passed since it happened."""
    return Cast("points", FloatField()) * faded_by(at, F("half_life_days"))


def faded_by(at: datetime, half_life_days: F | Value) -> Combinable:
    """The share of an entry's points that is left at the moment; all of it without a half-life."""
    age = Extract(Value(at) - F("at"), "epoch") / Value(SECONDS_A_DAY, output_field=FloatField())
    halvings = Coalesce(Cast(age, FloatField()) / Cast(half_life_days, FloatField()), ZERO)
    return Power(Value(0.5, output_field=FloatField()), Least(halvings, GONE))


def _sum(at: datetime, known: datetime | None = None) -> Combinable:
    return Coalesce(Sum(worth(at), filter=Q(recorded_at__lte=known or at)), ZERO)


def balance(people_ids: Collection[int], *, at: datetime) -> dict[int, float]:
    """Everybody's balance at the moment, 0 for who has no entry; one query."""
    known = PointEntry.objects.known(at).filter(person__in=people_ids)
    found = dict(known.values_list("person").annotate(left=Sum(worth(at))))
    return {pk: _clean(found.get(pk, 0.0)) for pk in people_ids}


def balances(at: datetime) -> Subquery:
    """The balance as a column of people, to sort and filter by."""
    own = PointEntry.objects.known(at).filter(person=OuterRef("pk")).order_by().values("person")
    return Coalesce(Subquery(own.annotate(left=Sum(worth(at))).values("left")), ZERO)  # type: ignore[return-value]  # a column like it


def parts(person_id: int, *, at: datetime) -> list[Part]:
    """What the balance is made of by event and competency, the most first; voided entries cancel out."""
    known = PointEntry.objects.known(at).filter(person=person_id).order_by()
    rows = known.values_list("event", "competency").annotate(left=Sum(worth(at)), entries=_standing())
    found = [Part(event, competency, _clean(left), entries) for event, competency, left, entries in rows]
    return sorted((part for part in found if part.entries), key=lambda part: (-part.worth, part.event))


def _standing() -> Any:
    """How many entries stand: a counter-entry takes away the one that it voids."""
    each = Case(When(counter_of=None, then=1), default=-1, output_field=IntegerField())
    return Sum(each)


def course_of(person_id: int, moments: Sequence[datetime], *, known: datetime) -> list[float]:
    """The balance at each moment; at later ones than `known` what would be left if nothing came. One query."""
    columns = {f"at_{index}": _sum(at, min(at, known)) for index, at in enumerate(moments)}
    row: dict[str, Any] = PointEntry.objects.filter(person=person_id).aggregate(**columns)
    return [_clean(row[name]) for name in columns]


def summary(person_id: int, *, since: datetime, at: datetime) -> Summary:
    """A person's balance at a glance; one query."""
    lately = Coalesce(Sum(Cast("points", FloatField()), filter=Q(recorded_at__gt=since)), ZERO)
    known = PointEntry.objects.known(at).filter(person=person_id)
    found = known.aggregate(balance=_sum(at), lately=lately, entries=Count("pk"))
    return Summary(_clean(found["balance"]), _clean(found["lately"]), found["entries"])


def balance_of(found: Iterable[Part]) -> float:
    """The sum of all parts."""
    return _clean(sum(part.worth for part in found))


def _clean(value: float) -> float:
    """Without the dust of floating point, so that what was voided is nothing."""
    return round(value, 6) + 0.0
