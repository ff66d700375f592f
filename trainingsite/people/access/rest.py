"""The guard at the REST door."""

from typing import TYPE_CHECKING, Any

from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views reads its settings, which name this module
    from rest_framework.views import APIView


class ClientAuthentication(OAuth2Authentication):
    """A token got by client credentials acts as the service account that owns the client (RFC 6749, 4.4)."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        user = user or token.application.user
        if user is None or not user.is_active:
            raise AuthenticationFailed
        return user, token


class ActPermission(BasePermission):
    """A view names the act that reads (`read_act`) and the one that writes (`write_act`); without them nobody enters.

    A token needs the scope `read` or `write` besides.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        reads = request.method in {"GET", "HEAD", "OPTIONS"}
        act = getattr(view, "read_act" if reads else "write_act", None)
        user: Any = request.user
        if not act or not user.is_authenticated or not user.may(act):
            return False
        token: Any = request.auth
        return token is None or token.is_valid(["read" if reads else "write"])
