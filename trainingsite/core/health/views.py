from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainingsite.core.health.checks import OK, report


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """Say that this web process answers; for restarting one that hangs."""
    return JsonResponse({"status": OK})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Say whether web, database, Redis, a worker and beat all live, and which one does not."""
    parts = report()
    complete = set(parts.values()) == {OK}
    body = {"status": OK if complete else "incomplete", "parts": parts}
    return JsonResponse(body, status=200 if complete else 503)
