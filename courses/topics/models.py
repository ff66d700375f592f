"""What customer service is trained in: topics, as a tree."""

from typing import Self

import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable

MOST_LEVELS = 3
# The path holds position and id of the topic and of those above ("00002-7/00001-12/"): a subtree is a prefix, and the
# order of paths is the order of the tree.
SET_PATH = """
NEW.path = lpad(NEW.position::text, 5, '0') || '-' || NEW.id || '/';
IF NEW.parent_id IS NOT NULL THEN
    SELECT path || NEW.path INTO NEW.path FROM courses_topic WHERE id = NEW.parent_id;
    IF position('-' || NEW.id || '/' in left(NEW.path, length(NEW.path) - length(NEW.id::text) - 1)) > 0 THEN
        RAISE EXCEPTION 'topic % would become its own ancestor', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'topic_not_own_ancestor';
    END IF;
END IF;
NEW.depth = length(NEW.path) - length(replace(NEW.path, '/', ''));
RETURN NEW;
"""
MOVE_BELOW = """
UPDATE courses_topic SET parent_id = parent_id WHERE parent_id = NEW.id;
RETURN NULL;
"""


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def below(self, topic: "Topic") -> Self:
        """`topic` and every topic below it."""
        return self.filter(path__startswith=topic.path)


@tracked()
class Topic(Stamped, Translatable):
    """A training module (培训模块), such as platform rules, or a part of one.

    `path` and `depth` are kept by the database, which refuses cycles and a fourth level.
    """

    parent = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("topic", "below"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    icon = models.CharField(max_length=40, default="book")
    position = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(32767)])
    path = models.CharField(max_length=100, editable=False, db_default="", db_collation="C")
    depth = models.PositiveSmallIntegerField(editable=False, db_default=1)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["path", "pk"]
        indexes = [models.Index(fields=["path"], name="topic_path")]
        constraints = [
            models.CheckConstraint(condition=Q(depth__lte=MOST_LEVELS), name="topics_have_three_levels"),
        ]
        triggers = [
            *Stamped.Meta.triggers,
            pgtrigger.Trigger(
                name="set_path",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "position"),
                func=SET_PATH,
            ),
            pgtrigger.Trigger(
                name="move_below",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__path__df=pgtrigger.F("new__path")),
                func=MOVE_BELOW,
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")
