"""The product's addresses and the style guide, which the product serves in development alone."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from trainingsite.urls import urlpatterns as product


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    *product,
    path("styleguide/", include("trainingsite.core.styleguide.urls")),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
]
