from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from trainingsite.people.models import User


def person_preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show each person the pages in the own language and time zone; the anonymous in that of their cookie."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        language = user.locale if user else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        zone = ZoneInfo(user.time_zone) if user else None
        with translation.override(language), timezone.override(zone):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return respond
