"""Checklists in content packs: `checklist:` of a unit."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.checklists.actions import CHECKLIST, ItemDraft, checklist_of, save_checklist
from courses.checklists.models import Checklist
from courses.curriculum.models import Unit
from courses.packs.parts import UNIT_PARTS, Bag, UnitPart
from trainingsite.core.errors import Refused

LONGEST = {"text": 200, "hint": 300}


def load_checklist(unit: Unit, part: dict[str, Any]) -> None:
    """`introduction` and `items`, each with a text, and if wanted a hint and `required: false`."""
    rows = part.get("items")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) and row.get("text") for row in rows):
        raise Refused(_("A checklist has items, each with a text."), field="items", code="no_items")
    for row in rows:
        if any(len(str(row.get(name, ""))) > longest for name, longest in LONGEST.items()):
            raise Refused(_("An item's text or hint is too long."), field="items", code="too_long")
    items = [ItemDraft(str(row["text"]), str(row.get("hint", "")), bool(row.get("required", True))) for row in rows]
    save_checklist(checklist_of(unit), introduction=str(part.get("introduction", "")), items=items)


def dump_checklist(unit: Unit, _bag: Bag) -> dict[str, Any] | None:
    """What `load_checklist` takes; None for a unit of another kind."""
    found = Checklist.objects.filter(unit=unit).first()
    if found is None:
        return None
    items = [{"text": item.text, "hint": item.hint, "required": item.is_required} for item in found.items.all()]
    return {"introduction": found.introduction, "items": items}


UNIT_PARTS.register(CHECKLIST, UnitPart(load_checklist, dump_checklist))
