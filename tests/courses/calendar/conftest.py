from datetime import UTC, datetime

import pytest

from trainingsite.core import clock

NOW = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def today(db):
    """Thursday, 3 December 2026, 10 o'clock in Shanghai."""
    with clock.frozen(NOW):
        yield NOW.date()
