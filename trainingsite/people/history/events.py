"""Who changed what, when: the rows that the database's triggers wrote, made readable."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from pghistory.models import Event

from trainingsite.people.models import User

Trail = Any  # a model of events, made at run time by pghistory
HIDDEN = {"id", "created_at", "modified_at", "sort_key", "search_key", "path", "depth", "translations", "is_service"}
LABELS = {
    "insert": ("circle-plus", "good", pgettext_lazy("history", "created")),
    "update": ("pencil", "info", pgettext_lazy("history", "changed")),
    "delete": ("trash", "bad", pgettext_lazy("history", "deleted")),
}


@dataclass(frozen=True)
class Change:
    """One field: before and after as people read them."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One event of the trail."""

    when: datetime
    who: str
    what: str
    icon: str
    level: str
    verb: Any
    changes: list[Change]


@cache
def trails() -> dict[str, Trail]:
    """The tracked models by name, each with the model of its events."""
    every: Any = apps.get_models()
    found = [model for model in every if issubclass(model, Event) and model.pgh_tracked_model]
    return {model.pgh_tracked_model._meta.label_lower: model for model in found}


def people_fields(trail: Trail) -> list[str]:
    """The fields of the events by which they are about a person."""
    if trail.pgh_tracked_model is User:
        return ["pgh_obj_id"]
    return [f.attname for f in trail._meta.get_fields() if isinstance(f, models.ForeignKey) and f.related_model is User]


def with_previous(events: Any) -> Any:
    """Each event knows the one before it of the same row."""
    earlier = events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    latest = earlier.order_by().values("pgh_obj_id").annotate(last=Max("pgh_id")).values("last")
    return events.annotate(previous=Subquery(latest)).select_related("pgh_context")


def entries(trail: Trail, events: Iterable[Any]) -> list[Entry]:
    """The events, readable; a fixed number of queries whatever their number."""
    events = list(events)
    before = trail.objects.in_bulk([event.previous for event in events if event.previous], field_name="pgh_id")
    shown = [
        f for f in trail.pgh_tracked_model._meta.concrete_fields if f.name not in HIDDEN and hasattr(trail, f.name)
    ]
    names = _names(shown, [*events, *before.values()])
    return [_entry(event, before.get(event.previous), shown, names) for event in events]


def _names(fields: Iterable[Any], events: Iterable[Any]) -> dict[Any, dict[Any, Any]]:
    """What the rows are called that the events refer to, and who made them."""
    wanted: defaultdict[Any, set[Any]] = defaultdict(set)
    links = [field for field in fields if isinstance(field, models.ForeignKey)]
    for event in events:
        wanted[User].add(_actor(event))
        for link in links:
            wanted[link.related_model].add(getattr(event, link.attname))
    return {model: model.objects.in_bulk(ids - {None}) for model, ids in wanted.items() if ids - {None}}


def _actor(event: Any) -> int | None:
    metadata = event.pgh_context.metadata if event.pgh_context_id and event.pgh_context else {}
    found = metadata.get("user")
    return int(found) if found else None


def _entry(event: Any, before: Any, fields: list[Any], names: dict[type[models.Model], dict[Any, Any]]) -> Entry:
    actor = names.get(User, {}).get(_actor(event))
    icon, level, verb = LABELS[event.pgh_label]
    changes = [] if event.pgh_label == "delete" else list(_changes(event, before, fields, names))
    return Entry(
        event.pgh_created_at, str(actor or _("the system")), _title(event, fields, names), icon, level, verb, changes
    )


def _title(event: Any, fields: list[Any], names: dict[type[models.Model], dict[Any, Any]]) -> str:
    """What the row was called at that moment."""
    for name in ("name", "title", "code"):
        if text := getattr(event, name, ""):
            return str(text)
    links = (_shown(event, field, names) for field in fields if isinstance(field, models.ForeignKey))
    return " · ".join(text for text in links if text != "–") or f"#{event.pgh_obj_id}"


def _changes(event: Any, before: Any, fields: list[Any], names: dict[type[models.Model], dict[Any, Any]]) -> Any:
    for field in fields:
        old = _shown(before, field, names) if before else "–"
        new = _shown(event, field, names)
        if old != new:
            yield Change(capfirst(str(field.verbose_name)), old, new)


def _shown(event: Any, field: Any, names: dict[type[models.Model], dict[Any, Any]]) -> str:
    value = getattr(event, field.attname)
    if value is None or value == "":
        return "–"
    if isinstance(field, models.ForeignKey):
        return str(names.get(field.related_model, {}).get(value, f"#{value}"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(localize(value)) if isinstance(value, date | datetime) else str(value)
