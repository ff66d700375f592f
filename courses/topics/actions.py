"""Make topics, move them in the tree, retire and restore them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.names import free_slug, slug_of
from courses.topics.models import MOST_LEVELS, Topic
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns

SLUG_LENGTH = 50


@transaction.atomic
def create_topic(*, title: str, parent: Topic | None = None, slug: str = "", **fields: Any) -> Topic:
    """Add a topic as the last one below `parent`, or at the top; an empty `slug` is made from the title, in pinyin."""
    _lock()
    parent = _present(parent)
    _check_place(None, parent)
    _refuse_second_title(title, parent)
    slug = slug or slug_of(title, otherwise="topic", longest=SLUG_LENGTH)
    taken = set(Topic.objects.filter(slug__startswith=slug[:40]).values_list("slug", flat=True))
    slug = free_slug(slug, taken, SLUG_LENGTH)
    topic = Topic.objects.create(title=title, parent=parent, slug=slug, position=_last(parent) + 1, **fields)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def change_topic(topic: Topic, *, title: str, parent: Topic | None = None, **fields: Any) -> Topic:
    """Change a topic; with another parent it moves there with everything below it."""
    _lock()
    topic = Topic.objects.get(pk=topic.pk)
    parent = _present(parent)
    _refuse_second_title(title, parent, but=topic)
    for name, value in fields.items():
        setattr(topic, name, value)
    topic.title = title
    if topic.parent_id != (parent.pk if parent else None):
        _check_place(topic, parent)
        topic.position = _last(parent) + 1
        topic.parent = parent
    topic.save()
    topic.refresh_from_db()
    return topic


@transaction.atomic
def place_topic(topic: Topic, *, parent: Topic | None, before: Topic | None = None) -> Topic:
    """Move the topic, with everything below it, below `parent`: in front of its child `before`, or as the last one."""
    _lock()
    topic, parent = Topic.objects.get(pk=topic.pk), _present(parent)
    if topic.parent_id != (parent.pk if parent else None):
        _check_place(topic, parent)
        _refuse_second_title(topic.title, parent, but=topic)
        Topic.objects.filter(pk=topic.pk).update(parent=parent)
    sisters = _sisters(parent, but=topic)
    pks = [sister.pk for sister in sisters]
    sisters.insert(pks.index(before.pk) if before and before.pk in pks else len(pks), topic)
    for position, sister in enumerate(sisters, start=1):
        Topic.objects.filter(pk=sister.pk).exclude(position=position).update(position=position)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def shift_topic(topic: Topic, step: int) -> Topic:
    """Move the topic up (-1) or down (1) among the topics in use beside it; at the end it stays."""
    _lock()
    others = [sister for sister in _sisters(topic.parent, but=topic) if sister.retired_at is None]
    place = sum(sister.path < topic.path for sister in others) + step
    if not 0 <= place <= len(others):
        return topic
    return place_topic(topic, parent=topic.parent, before=others[place] if place < len(others) else None)


@transaction.atomic
def retire_topic(topic: Topic, *, at: datetime) -> Topic:
    """Take the topic out of use; refused while topics below it or courses of it are in use."""
    _lock()
    below = [str(child) for child in topic.children.in_use()[:3]]
    if below:
        text = _("There are topics in use below it: %(topics)s. Retire or move them first.")
        raise Refused(text % {"topics": listed(below)}, code="topics_below")
    courses = [str(course) for course in topic.courses.exclude(status="retired").order_by("pk")[:3]]
    if courses:
        text = _("It has courses: %(courses)s. Move them to another topic or retire them first.")
        raise Refused(text % {"courses": listed(courses)}, code="courses_of_topic")
    Topic.objects.in_use().filter(pk=topic.pk).update(retired_at=at)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def restore_topic(topic: Topic) -> Topic:
    """Put a retired topic back into use, at its place."""
    _lock()
    topic = Topic.objects.select_related("parent").get(pk=topic.pk)
    if topic.parent and topic.parent.retired_at:
        text = _("The topic above it, “%(topic)s”, is retired. Restore that first.")
        raise Refused(text % {"topic": topic.parent}, code="parent_retired")
    Topic.objects.filter(pk=topic.pk).update(retired_at=None)
    topic.refresh_from_db()
    return topic


def _lock() -> None:
    """Wait for whoever is changing the tree, so that two moves together cannot make what each alone may not."""
    take_turns("courses.topics")


def _present(topic: Topic | None) -> Topic | None:
    return Topic.objects.get(pk=topic.pk) if topic else None


def _sisters(parent: Topic | None, *, but: Topic) -> list[Topic]:
    return list(Topic.objects.filter(parent=parent).exclude(pk=but.pk))


def _last(parent: Topic | None) -> int:
    return max(Topic.objects.filter(parent=parent).values_list("position", flat=True), default=0)


def _check_place(topic: Topic | None, parent: Topic | None) -> None:
    """Refuse a place inside the topic itself, below a retired topic, and a fourth level."""
    if parent is None:
        return
    if topic and parent.path.startswith(topic.path):
        text = _("“%(topic)s” cannot stand below itself.") % {"topic": topic}
        raise Refused(text, field="parent", code="topic_below_itself")
    if parent.retired_at:
        raise Refused(_("“%(topic)s” is retired.") % {"topic": parent}, field="parent", code="parent_retired")
    deepest = max(Topic.objects.below(topic).values_list("depth", flat=True)) if topic else 1
    if parent.depth + deepest - (topic.depth - 1 if topic else 0) > MOST_LEVELS:
        text = _("Topics have at most %(n)s levels.") % {"n": MOST_LEVELS}
        raise Refused(text, field="parent", code="too_deep")


def _refuse_second_title(title: str, parent: Topic | None, but: Topic | None = None) -> None:
    sisters = Topic.objects.in_use().filter(parent=parent, title=title)
    if (sisters.exclude(pk=but.pk) if but else sisters).exists():
        raise Refused(_("There is a topic with this title at this place already."), field="title", code="title_taken")
