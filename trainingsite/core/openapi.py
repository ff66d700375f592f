"""The OpenAPI document is written for nobody in particular."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.plumbing import build_mock_request
from rest_framework.request import Request


def anonymous_request(method: str, path: str, view: Any, original_request: Request | None, **options: Any) -> Request:
    """The request that views see while the document is written; asking who sends it would need a real host."""
    request: Request = build_mock_request(method, path, view, original_request, **options)
    if original_request is None:
        request.user = AnonymousUser()
    return request
