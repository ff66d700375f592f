from typing import Any

from django.http import HttpRequest

from trainingsite.notices.models import Notice


def unread(request: HttpRequest) -> dict[str, Any]:
    """Template context: `notices_unread`, the number at the bell."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"notices_unread": Notice.objects.visible_to(user).unread().count()}
