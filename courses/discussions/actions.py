"""Write, reply, edit; hide, pin, close. What was written and changed stays in the history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.models import Course, Unit
from courses.discussions.mentions import named_in
from courses.discussions.models import MOST_CHARS, Discussion, Mention, Post
from courses.discussions.notices import tell_hidden, tell_written
from courses.discussions.rights import may_edit, may_write, moderates
from courses.enrolment.actions import complete_unit
from courses.enrolment.models import Enrolment
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

DISCUSSION = "discussion"


@dataclass(frozen=True)
class Words:
    """What somebody writes: in answer to a post or not, about a unit or not."""

    body: str
    answers: Post | None = None
    about: Unit | None = None
    token: UUID | None = None


def discussion_of(unit: Unit) -> Discussion:
    """The discussion of a unit of this kind; made with the usual settings when the unit is new."""
    return Discussion.objects.get_or_create(unit=unit, defaults={"course_id": unit.course_id})[0]


def questions_of(course: Course) -> Discussion:
    """Where learners ask the owner of the course."""
    return Discussion.objects.get_or_create(course=course, unit=None)[0]


@transaction.atomic
def write(discussion: Discussion, words: Words, *, by: User, at: datetime) -> Post:
    """Add a post or a reply, tell whom it concerns, and complete the unit for whoever has written enough.

    Pressing the button twice writes one post.
    """
    if words.token and (written := Post.objects.filter(token=words.token, author=by).first()):
        return written
    discussion = _locked(discussion)
    if not may_write(by, discussion):
        raise Refused(_("This discussion is closed, or you are not in the course."), code="may_not_write")
    post = Post(discussion=discussion, author=by, posted_at=at, token=words.token, about=words.about)
    post.body = _checked(words.body)
    if words.answers is not None:
        _answer(post, words.answers)
    post.save()
    mentioned = _mention(post)
    tell_written(post, mentioned)
    _complete(discussion, by, at)
    return post


def _locked(discussion: Discussion) -> Discussion:
    found = Discussion.objects.select_for_update(of=("self",)).select_related("course", "unit")
    return found.get(pk=discussion.pk)


def _checked(body: str) -> str:
    body = body.strip()
    if not body:
        raise Refused(_("Write something first."), field="body", code="empty")
    if len(body) > MOST_CHARS:
        raise Refused(_("At most %(n)s characters.") % {"n": MOST_CHARS}, field="body", code="too_long")
    return body


def _answer(post: Post, answers: Post) -> None:
    """Two levels: a reply to a reply stands below the same first post, and says whom it answers."""
    if answers.discussion_id != post.discussion_id:
        raise Refused(_("That post stands in another discussion."), code="other_discussion")
    if answers.hidden_at is not None:
        raise Refused(_("That post was hidden meanwhile."), code="post_hidden")
    post.answers, post.parent = answers, answers.parent or answers


def _mention(post: Post) -> list[User]:
    """Note whom the post names; gives those who were not named before."""
    named = [person for person in named_in(post.body, post.discussion.course) if person.pk != post.author_id]
    known = set(post.mentions.values_list("person_id", flat=True))
    post.mentions.exclude(person__in=named).delete()
    fresh = [person for person in named if person.pk not in known]
    Mention.objects.bulk_create(Mention(post=post, person=person) for person in fresh)
    return fresh


def _complete(discussion: Discussion, person: User, at: datetime) -> None:
    if discussion.unit is None:
        return
    written = discussion.posts.shown().filter(author=person).count()
    if written < discussion.posts_needed:
        return
    for enrolment in Enrolment.objects.open().filter(person=person, course=discussion.course_id):
        if discussion.unit.is_in(enrolment.version):
            complete_unit(enrolment, discussion.unit, at=at)


@transaction.atomic
def edit(post: Post, body: str, *, by: User, at: datetime) -> Post:
    """Change the own post, for half an hour; what it said before stays in the history."""
    post = _post(post)
    if not may_edit(by, post, at=at):
        raise Refused(_("A post can be changed by its author for 30 minutes."), code="may_not_edit")
    body = _checked(body)
    if body != post.body:
        post.body, post.edited_at = body, at
        post.save(update_fields=["body", "edited_at"])
        tell_written(post, _mention(post), edited=True)
    return post


@transaction.atomic
def hide(post: Post, *, reason: str, by: User, at: datetime) -> Post:
    """Take the post out of sight and tell its author why; a repeat changes nothing."""
    post = _post(post)
    _check_moderator(by, post.discussion)
    if not reason.strip():
        raise Refused(_("Say why, so that the author can understand."), field="reason", code="reason_missing")
    if post.hidden_at is None:
        post.hidden_at, post.hidden_by, post.hidden_reason = at, by, reason.strip()
        post.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        tell_hidden(post)
    return post


@transaction.atomic
def show_again(post: Post, *, by: User) -> Post:
    """Bring a hidden post back."""
    post = _post(post)
    _check_moderator(by, post.discussion)
    post.hidden_at, post.hidden_by, post.hidden_reason = None, None, ""
    post.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return post


@transaction.atomic
def pin(post: Post, *, pinned: bool, by: User, at: datetime) -> Post:
    """Keep a first post above the others, or no more."""
    post = _post(post)
    _check_moderator(by, post.discussion)
    if post.parent_id is not None:
        raise Refused(_("Only a first post can be pinned."), code="reply_not_pinned")
    if (post.pinned_at is not None) != pinned:
        post.pinned_at = at if pinned else None
        post.save(update_fields=["pinned_at"])
    return post


@transaction.atomic
def close(discussion: Discussion, *, closed: bool, by: User, at: datetime) -> Discussion:
    """Let nobody but moderators write any more, or open it again."""
    discussion = _locked(discussion)
    _check_moderator(by, discussion)
    if (discussion.closed_at is not None) != closed:
        discussion.closed_at = at if closed else None
        discussion.save(update_fields=["closed_at"])
    return discussion


def _post(post: Post) -> Post:
    found = Post.objects.select_for_update(of=("self",)).select_related("discussion__course", "discussion__unit")
    return found.get(pk=post.pk)


def _check_moderator(by: User, discussion: Discussion) -> None:
    if not moderates(by, discussion):
        raise Refused(_("Only whoever moderates the discussion may do this."), code="no_moderator")
