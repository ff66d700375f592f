"""REST clients: each is a service account with a secret that is shown once."""

import secrets

import pghistory
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken, Application

from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User

SECRET_BYTES = 32


@transaction.atomic
def create_client(client_id: str, *, by: User) -> tuple[Application, str]:
    """Make a client with its service account; gives the secret too, which is stored only as a hash.

    Raises Refused when the name is taken.
    """
    if Application.objects.filter(client_id=client_id).exists() or User.objects.filter(username=client_id).exists():
        raise Refused(_("This name is taken."), field="client_id", code="duplicate")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with pghistory.context(user=by.pk):
        account = User.objects.create(username=client_id, name=client_id, password=make_password(None), is_service=True)
        RoleGrant.objects.create(user=account, role=Role.API_CLIENT)
    client = Application.objects.create(
        client_id=client_id,
        client_secret=secret,
        name=client_id,
        user=account,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    return client, secret


@transaction.atomic
def set_client_active(client: Application, active: bool, *, by: User) -> None:
    """Let the client in or keep it out; its tokens end at once when it is kept out. A repeat changes nothing."""
    with pghistory.context(user=by.pk):
        User.objects.filter(pk=client.user_id, is_service=True).exclude(is_active=active).update(is_active=active)
    if not active:
        AccessToken.objects.filter(application=client).delete()
