from typing import Any

from django.http import HttpRequest


def unread(request: HttpRequest) -> dict[str, Any]:
    """Template context: `notices_unread`, the number at the bell, as it was when the request came."""
    return {"notices_unread": getattr(getattr(request, "user", None), "notices_unread", 0)}
