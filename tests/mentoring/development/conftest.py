from datetime import UTC, date, datetime

import pytest

from mentoring.development.actions import Draft
from trainingsite.people.access.roles import Role

JUNE = datetime(2026, 6, 2, 2, tzinfo=UTC)
TODAY = date(2026, 6, 2)


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, department="care", name="赵主管")


@pytest.fixture
def agent(hire):
    return hire(department="disputes", name="王小明")


@pytest.fixture
def draft(supervisor):
    return Draft(date(2026, 6, 1), date(2027, 5, 31), supervisor, wishes="想独立处理升级投诉")
