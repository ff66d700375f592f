"""An agent with figures of October 2026, and satisfaction as evidence of empathy."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.competency_bands.actions import add_band
from analytics.competency_bands.models import KpiBand
from analytics.competency_bands.scoring import Step
from analytics.models import Metric, Reading
from analytics.readings.actions import record_readings
from courses.models import Competency
from tests.factories.analytics import ready_metrics, row
from tests.factories.profiles import competency

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
BEGUN = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)
SETTLED = datetime(2026, 11, 4, 4, 0, tzinfo=UTC)


def steps(*rows):
    """Pairs of where a band begins and its score."""
    return [Step(None if begins is None else Decimal(str(begins)), Decimal(str(score))) for begins, score in rows]


USUAL = steps((None, 30), (80, 60), (90, 90))


@pytest.fixture
def metrics(db) -> dict[str, Metric]:
    return ready_metrics()


@pytest.fixture
def empathy(db) -> Competency:
    return competency("共情能力", code="empathy")


@pytest.fixture
def band(metrics, empathy) -> KpiBand:
    return add_band(metrics["satisfaction"], empathy, USUAL, minimum_cases=20, at=BEGUN)


@pytest.fixture
def measured():
    """`measured(person, 85, cases=40)`: so many percent were satisfied on a day of October."""

    def measure(person, percent, *, cases=40, day=date(2026, 10, 12), at=SETTLED):
        numbers = {"numerator": str(Decimal(cases) * percent / 100), "denominator": str(cases)}
        record_readings([row(person, day=day.isoformat(), **numbers)], source="test", at=at)
        return Reading.objects.in_force().get(person=person, day=day)

    return measure
