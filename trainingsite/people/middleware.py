from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from trainingsite.core import clock
from trainingsite.people.models import User

API = "/api/"
LOOKING = {"GET", "HEAD"}


def person_preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show each person the pages in the own language and time zone; the anonymous in that of their cookie.

    Under /api/ the languages that the request accepts come first: a service account has no pages to choose one on.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        language = user.locale if user else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if is_api := request.path.startswith(API):
            language = _accepted(request) or language
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        zone = ZoneInfo(user.time_zone) if user else None
        with translation.override(language), timezone.override(zone), _moment_of(request, user):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if is_api:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return respond


def _moment_of(request: HttpRequest, user: User | None) -> AbstractContextManager[None]:
    """Who only looks sees everything as of the moment when the request came, which was loaded with the person."""
    loaded_at = getattr(user, "loaded_at", None)
    return clock.seen_at(loaded_at) if loaded_at and request.method in LOOKING else nullcontext()


def _accepted(request: HttpRequest) -> str:
    """The first of our languages that the request accepts, or nothing."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
