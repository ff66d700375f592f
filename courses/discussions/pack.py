"""Discussions in content packs: `discussion:` of a unit; what people wrote stays where it was written."""

from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import Unit
from courses.discussions.actions import DISCUSSION, discussion_of
from courses.discussions.models import Discussion
from courses.packs.parts import UNIT_PARTS, Bag, UnitPart
from trainingsite.core.errors import Refused

MOST_POSTS = 20


def load_discussion(unit: Unit, part: dict[str, Any]) -> None:
    """`prompt` and `posts_needed`."""
    needed = part.get("posts_needed", 1)
    if not isinstance(needed, int) or not 1 <= needed <= MOST_POSTS:
        message = _("A whole number from %(a)s to %(b)s is needed.") % {"a": 1, "b": MOST_POSTS}
        raise Refused(message, field="posts_needed", code="posts_needed")
    discussion = discussion_of(unit)
    discussion.prompt, discussion.posts_needed = str(part.get("prompt", "")), needed
    discussion.save(update_fields=["prompt", "posts_needed"])


def dump_discussion(unit: Unit, _bag: Bag) -> dict[str, Any] | None:
    """What `load_discussion` takes; None for a unit of another kind."""
    found = Discussion.objects.filter(unit=unit).first()
    return {"prompt": found.prompt, "posts_needed": found.posts_needed} if found else None


UNIT_PARTS.register(DISCUSSION, UnitPart(load_discussion, dump_discussion))
