"""A REST client with a token of its own, as the HR system has."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import Application

from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

SECRET = "a-secret-of-the-tests"


@pytest.fixture
def service(db: None) -> Application:
    """A client of the API and its service account."""
    account = PersonFactory(username="hr-sync", name="HR sync", is_service=True, employee_number=None, external_id=None)
    RoleGrant.objects.create(user=account, role=Role.API_CLIENT)
    return Application.objects.create(
        name="HR sync",
        user=account,
        client_id="hr-sync",
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )


@pytest.fixture
def ask_token(client: Client, service: Application) -> Callable[..., Any]:
    """`ask_token(secret=…, scope=…)`: the answer of /o/token/."""

    def ask(secret: str = SECRET, **data: str) -> Any:
        login = base64.b64encode(f"{service.client_id}:{secret}".encode()).decode()
        form = {"grant_type": "client_credentials"} | data
        return client.post("/o/token/", form, headers={"Authorization": f"Basic {login}"})

    return ask


@pytest.fixture
def rest(ask_token: Callable[..., Any]) -> Callable[..., Any]:
    """`rest("post", "/api/v1/people/bulk/", [...])`: the answer to the client that holds a token."""
    token = ask_token().json()["access_token"]

    def call(method: str, path: str, data: Any = None) -> Any:
        client = Client(headers={"Authorization": f"Bearer {token}"})
        options = {} if data is None else {"data": data, "content_type": "application/json"}
        return getattr(client, method)(path, **options)

    return call
