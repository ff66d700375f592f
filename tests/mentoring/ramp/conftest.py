from datetime import date, datetime, timedelta

import pytest

from analytics.models import Reading
from mentoring.models import RampRule
from mentoring.ramp.actions import reckon
from tests.factories.analytics import ready_metrics
from tests.factories.people import PersonFactory
from trainingsite.core.days import start_of

DAY = timedelta(days=1)
TODAY = date(2026, 6, 1)
JANUARY = date(2026, 1, 12)
APRIL = date(2026, 4, 6)


def figures(person, first, values, metric="satisfaction"):
    """Readings of a person from the first day on, a value (out of 100) a day; None is a day off."""
    kept = ready_metrics()[metric]
    return Reading.objects.bulk_create(
        Reading(
            metric=kept,
            person=person,
            department=person.department,
            day=first + index * DAY,
            numerator=value,
            denominator=100,
            sample_size=100,
            source="test",
        )
        for index, value in enumerate(values)
        if value is not None
    )


@pytest.fixture
def rule(db):
    """Satisfaction alone, between the quarters; settled from day 10, three days in a row, thirty days looked at."""
    days = {"run_days": 3, "settled_from": 10, "horizon": 30}
    return RampRule.objects.create(pk=1, metrics=["satisfaction"], low=25, high=75, **days)


@pytest.fixture
def long_ago(db):
    """The readings of the company begin long before any newcomer."""
    figures(PersonFactory(name="老员工", hired_on=date(2019, 1, 1)), date(2024, 1, 1), [90])


@pytest.fixture
def newcomer(long_ago, company):
    """`newcomer("王小明", first, values)`: hired a week before the first contact."""

    def make(name, first, values, department="disputes", **more):
        place = company[department]
        person = PersonFactory(name=name, hired_on=first - 7 * DAY, department=place, **more)
        figures(person, first, values)
        return person

    return make


@pytest.fixture
def earlier(newcomer):
    """Six people of January: at 60 for nine days, settled from day 10 on at 80 to 90."""
    return [newcomer(f"前辈{n}", JANUARY, [60] * 9 + [80 + 2 * n] * 21) for n in range(6)]


@pytest.fixture
def reckoned():
    """`reckoned(on)`: reckon as of the day, at its beginning."""

    def run(on=TODAY, at: datetime | None = None):
        return reckon(on=on, at=at or start_of(on))

    return run
