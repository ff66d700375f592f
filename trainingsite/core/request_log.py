"""What the log says of a request."""

import structlog
from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from trainingsite.logs import without_secrets


class RequestLog(RequestMiddleware):
    """The library's, with the address that the login's lock goes by instead of a guess among a dozen headers."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The method and the address; a secret that is part of an address stays out."""
        return f"{request.method} {without_secrets(request.get_full_path())}"

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        (header,) = settings.AXES_IPWARE_META_PRECEDENCE_ORDER
        structlog.contextvars.bind_contextvars(ip=request.META.get(header))
