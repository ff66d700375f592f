"""What waits for an answer, on the first page of whoever makes courses."""

from datetime import date
from typing import Any

from courses.acts import EDIT_COURSES
from courses.discussions.models import Post
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 5


def unanswered(user: User, _day: date) -> dict[str, Any]:
    """Questions about the user's own courses that nobody has answered, the oldest first."""
    mine = Post.objects.unanswered().filter(discussion__course__owner=user.pk).order_by("posted_at", "pk")
    rows = list(mine.select_related("author", "discussion__course", "about")[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else {}


PANELS.register(
    "courses.questions", Panel(EDIT_COURSES, "courses/discussions/panel_questions.html", unanswered, order=16)
)
