"""Make, rename, move and delete the categories of the bank."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.bank.pools import pools_with
from assessments.questions.categories import MOST_LEVELS, Node, trees
from assessments.questions.models import Category, Question
from courses.models import Topic
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns


@transaction.atomic
def create_category(topic: Topic, *, title: str, parent: Category | None = None) -> Category:
    """Add a category as the last one of its place; a repeat is refused."""
    _lock()
    title = _named(title)
    _check_title(topic, parent, title)
    _check_place(topic, parent)
    return Category.objects.create(topic=topic, parent=parent, title=title, position=_last(topic, parent) + 1)


@transaction.atomic
def change_category(category: Category, *, topic: Topic, title: str, parent: Category | None = None) -> Category:
    """Rename the category, or move it with everything within it; in another topic, its questions go with it."""
    _lock()
    found = Category.objects.get(pk=category.pk)
    title = _named(title)
    _check_title(topic, parent, title, but=found)
    _check_place(topic, parent, found)
    moved = (found.topic_id, found.parent_id) != (topic.pk, parent.pk if parent else None)
    if found.topic_id != topic.pk:
        inside = [node.category.pk for node in _node(found).walk()]
        Category.objects.filter(pk__in=inside).update(topic=topic)
        Question.objects.filter(category__in=inside).update(topic=topic)
    found.topic, found.parent, found.title = topic, parent, title
    if moved:
        found.position = _last(topic, parent) + 1
    found.save()
    return found


@transaction.atomic
def shift_category(category: Category, step: int) -> None:
    """Move the category up (-1) or down (1) among those beside it; at the end it stays."""
    _lock()
    beside = list(Category.objects.filter(topic=category.topic_id, parent=category.parent_id))
    places = [each.pk for each in beside]
    here = places.index(category.pk)
    there = here + step
    if 0 <= there < len(beside):
        beside[here], beside[there] = beside[there], beside[here]
        for position, each in enumerate(beside, start=1):
            Category.objects.filter(pk=each.pk).exclude(position=position).update(position=position)


@transaction.atomic
def delete_category(category: Category) -> int:
    """Take the category away; its questions go to the one above it, or to none. Returns how many that were.

    Refused while categories stand within it, and while a quiz draws from it.
    """
    _lock()
    within = [str(child) for child in category.children.all()[:3]]
    if within:
        text = _("There are categories within it: %(categories)s. Move or delete them first.")
        raise Refused(text % {"categories": listed(within)}, code="categories_within")
    if quizzes := pools_with("category", category.pk):
        text = _("Quizzes draw questions from it: %(quizzes)s. Change them first.")
        raise Refused(text % {"quizzes": listed(quizzes[:3])}, code="category_drawn")
    moved = Question.objects.filter(category=category.pk).update(category=category.parent_id)
    Category.objects.filter(pk=category.pk).delete()
    return moved


def _lock() -> None:
    """Wait for whoever changes the trees, so that two moves together cannot make what each alone may not."""
    take_turns("assessments.categories")


def _named(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Give it a title."), field="title", code="empty")
    return title


def _node(category: Category) -> Node:
    """The category with all within it."""
    tops = trees(Category.objects.filter(topic=category.topic_id)).get(category.topic_id, [])
    return next(node for top in tops for node in top.walk() if node.category.pk == category.pk)


def _check_title(topic: Topic, parent: Category | None, title: str, but: Category | None = None) -> None:
    """Refuse a title that stands there already."""
    sisters: Any = Category.objects.filter(topic=topic, parent=parent, title=title)
    if (sisters.exclude(pk=but.pk) if but else sisters).exists():
        raise Refused(_("A category with this title stands there already."), field="title", code="title_taken")


def _check_place(topic: Topic, parent: Category | None, category: Category | None = None) -> None:
    """Refuse a place in another topic, within the category itself, or too deep for it and what it holds."""
    if parent is None:
        return
    if parent.topic_id != topic.pk:
        message = _("The category “%(category)s” belongs to another topic.") % {"category": parent}
        raise Refused(message, field="parent", code="other_topic")
    moved = _node(category) if category else None
    if moved and parent.pk in {node.category.pk for node in moved.walk()}:
        raise Refused(_("A category cannot stand within itself."), field="parent", code="within_itself")
    if _node(parent).depth + (moved.height if moved else 1) > MOST_LEVELS:
        message = _("Categories have at most %(n)s levels.") % {"n": MOST_LEVELS}
        raise Refused(message, field="parent", code="too_deep")


def _last(topic: Topic, parent: Category | None) -> int:
    return Category.objects.filter(topic=topic, parent=parent).aggregate(last=Max("position"))["last"] or 0
