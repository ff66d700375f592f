from datetime import UTC, date, datetime

import pytest

from courses.models import Season
from tests.factories.planning import SeasonFactory

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Sunday, 22 November 2026, 10 o'clock in Shanghai."""
    return NOW


@pytest.fixture
def today() -> date:
    return NOW.date()


@pytest.fixture
def double_12(db: None) -> Season:
    """双12: a blackout from 8 to 14 December 2026."""
    return SeasonFactory()
