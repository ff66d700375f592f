"""People of a small company, and clients logged in as them."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.people import DepartmentFactory, PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, RoleGrant, User

Hire = Callable[..., User]


@pytest.fixture
def company(db: None) -> dict[str, Department]:
    """A centre with two departments, one of which has a team: centre > sales, centre > care > disputes."""
    centre = DepartmentFactory(name="客户服务中心")
    sales = DepartmentFactory(name="售前服务部", parent=centre)
    care = DepartmentFactory(name="售后服务部", parent=centre)
    return {"centre": centre, "sales": sales, "care": care, "disputes": DepartmentFactory(name="投诉专席", parent=care)}


@pytest.fixture
def hire(company: dict[str, Department]) -> Hire:
    """`hire(Role.HR, department="care", name="…")`: a person with the roles; a supervisor supervises the department."""

    def make(*roles: Role, department: str | None = "care", **fields: object) -> User:
        place = company[department] if department else None
        person = PersonFactory(department=place, **fields)
        for role in roles or (Role.TRAINEE,):
            RoleGrant.objects.create(user=person, role=role, department=place if role == Role.SUPERVISOR else None)
        return person

    return make


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """`as_(person)` is a client in which the person is logged in."""

    def login(person: User) -> Client:
        client.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
        return client

    return login
