"""What the log says of a request."""

import structlog
from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """The library's, with the address that the login's lock goes by instead of a guess among a dozen headers."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        (header,) = settings.AXES_IPWARE_META_PRECEDENCE_ORDER
        structlog.contextvars.bind_contextvars(ip=request.META.get(header))
