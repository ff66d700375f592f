from datetime import UTC, datetime

import pytest

from tests.factories.growth import OfferFactory
from trainingsite.people.access.roles import Role

JUNE = datetime(2026, 6, 15, 2, tzinfo=UTC)  # five days before the last one to apply


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, department="care", name="赵主管")


@pytest.fixture
def agent(hire):
    return hire(department="disputes", name="王小明")


@pytest.fixture
def host(hire):
    return hire(department="sales", name="周敏")


@pytest.fixture
def offer(host, company):
    return OfferFactory(host=host, department=company["sales"])
