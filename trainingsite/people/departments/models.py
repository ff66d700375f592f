from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable

# Both functions work on the materialised path ("/1/5/9/"), so that a subtree is one indexed prefix.
SET_PATH = """
IF NEW.parent_id IS NULL THEN
    NEW.path = '/' || NEW.id || '/';
ELSE
    SELECT path || NEW.id || '/' INTO NEW.path FROM people_department WHERE id = NEW.parent_id;
    IF position('/' || NEW.id || '/' in left(NEW.path, length(NEW.path) - length(NEW.id::text) - 1)) > 0 THEN
        RAISE EXCEPTION 'department % would become its own ancestor', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'department_not_own_ancestor';
    END IF;
END IF;
NEW.depth = length(NEW.path) - length(replace(NEW.path, '/', '')) - 1;
RETURN NEW;
"""
MOVE_BELOW = """
UPDATE people_department SET parent_id = parent_id WHERE parent_id = NEW.id;
RETURN NULL;
"""


class DepartmentQuerySet(models.QuerySet["Department"]):
    def below(self, department: "Department") -> Self:
        """`department` and every department below it."""
        return self.filter(path__startswith=department.path)

    def above(self, department: "Department") -> Self:
        """`department` and every department above it, the root first."""
        return self.annotate(at=StrIndex(models.Value(department.path), "path")).filter(at=1).order_by("depth")

    def in_tree_order(self) -> Self:
        return self.order_by("path")

    def visible_to(self, user: Any) -> Self:
        """The organisation's structure is no secret inside the company."""
        return self if user.is_authenticated else self.none()


@tracked()
class Department(Stamped, Translatable):
    """A node of the organisation's tree. `path` and `depth` are kept by the database, which refuses cycles."""

    parent = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("department", "below"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    name = models.CharField(_("name"), max_length=100)
    external_id = models.CharField(_("HR system's id"), max_length=64, unique=True, null=True, blank=True)
    path = models.CharField(max_length=500, editable=False, db_default="")
    depth = models.PositiveSmallIntegerField(editable=False, db_default=1)

    objects = DepartmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        verbose_name = _("department")
        indexes = [models.Index(fields=["path"], name="department_path", opclasses=["varchar_pattern_ops"])]
        triggers = [
            *Stamped.Meta.triggers,
            pgtrigger.Trigger(
                name="set_path",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
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
        return self.in_language("name")
