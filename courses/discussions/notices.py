"""What people are told about discussions."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.discussions.models import Post
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.models import User

EXCERPT = 120


def tell_written(post: Post, mentioned: Iterable[User], *, edited: bool = False) -> int:
    """Tell those whom the post names, the author of what it answers, and the owner of the course of a question.

    One post is one notice a person; a change tells only those whom it names anew.
    """
    wanted = {person.pk: "post_mention" for person in mentioned}
    if not edited and post.answers is not None:
        wanted.setdefault(post.answers.author_id, "post_reply")
    owner = post.discussion.course.owner_id
    if not edited and owner and post.discussion.unit_id is None and post.parent_id is None:
        wanted[owner] = "course_question"
    wanted.pop(post.author_id, None)
    return notify(Message(pk, kind, f"post:{post.pk}", _facts(post), url_of(post)) for pk, kind in wanted.items())


def tell_hidden(post: Post) -> int:
    """Tell the author that a moderator has hidden the post, and why; each time it happens."""
    facts = _facts(post) | {"reason": post.hidden_reason}
    key = f"post:{post.pk}:hidden:{post.hidden_at:%Y%m%d%H%M%S}"
    return notify([Message(post.author_id, "post_hidden", key, facts, url_of(post))])


def url_of(post: Post) -> str:
    """Where the post stands: on the page of its thread."""
    return reverse("post", args=[post.pk])


def _facts(post: Post) -> dict[str, Any]:
    title = post.discussion.unit.title if post.discussion.unit else post.discussion.course.title
    return {"title": title, "by": post.author.name, "text": post.body[:EXCERPT]}


def _reply(facts: dict[str, Any]) -> str:
    return _("%(by)s has answered you in “%(title)s”") % facts


def _mention(facts: dict[str, Any]) -> str:
    return _("%(by)s mentions you in “%(title)s”") % facts


def _question(facts: dict[str, Any]) -> str:
    return _("%(by)s asks about your course “%(title)s”") % facts


def _hidden(facts: dict[str, Any]) -> str:
    return _("Your post in “%(title)s” was hidden: %(reason)s") % facts


def _text(facts: dict[str, Any]) -> str:
    return str(facts["text"])


KINDS.register("post_reply", Kind(_reply, icon="message", body=_text))
KINDS.register("post_mention", Kind(_mention, icon="message", body=_text))
KINDS.register("course_question", Kind(_question, icon="help-circle", body=_text))
KINDS.register("post_hidden", Kind(_hidden, icon="eye-off", body=_text))
