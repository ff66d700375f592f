"""How the OpenAPI document describes the login of a REST client."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class ClientScheme(OpenApiAuthenticationExtension):
    target_class = "trainingsite.people.access.rest.ClientAuthentication"
    name = "clientCredentials"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:  # noqa: ARG002 - the library's signature
        scopes: Any = settings.OAUTH2_PROVIDER["SCOPES"]
        flow = {"tokenUrl": reverse("oauth-token"), "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
