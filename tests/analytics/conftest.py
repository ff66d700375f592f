from datetime import UTC, datetime

import pytest

from tests.factories.analytics import ready_metrics

NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def metrics(db):
    return ready_metrics()
