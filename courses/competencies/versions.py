"""Versions of the framework: what it is now, what was published, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.competencies.actions import lock
from courses.competencies.hooks import published
from courses.competencies.models import Competency, CompetencyGroup, FrameworkVersion
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

Snapshot = dict[str, Any]


def snapshot_now() -> Snapshot:
    """The framework as it is being written: groups with their competencies in use and the levels of these."""
    competencies = Competency.objects.in_use().with_levels()
    groups = [
        {
            "id": group.pk,
            **_texts(group, "code", "title"),
            "competencies": [entry_of(each) for each in competencies if each.group_id == group.pk],
        }
        for group in CompetencyGroup.objects.all()
    ]
    return {"groups": groups}


def latest() -> FrameworkVersion | None:
    return FrameworkVersion.objects.select_related("by").first()


@transaction.atomic
def publish_framework(notes: str, *, by: User | None, at: datetime) -> FrameworkVersion:
    """Make what is written now the framework that everybody sees; refused when there is nothing new in it."""
    lock()
    if not notes.strip():
        raise Refused(_("Say what is new, for those who compare later."), field="notes", code="notes_missing")
    last, present = latest(), snapshot_now()
    if not any(group["competencies"] for group in present["groups"]):
        raise Refused(_("There is no competency yet."), code="framework_empty")
    if last and last.snapshot == present:
        raise Refused(_("Nothing has changed since version %(n)s.") % {"n": last.number}, code="nothing_new")
    number = last.number + 1 if last else 1
    made = FrameworkVersion.objects.create(number=number, published_at=at, by=by, notes=notes.strip(), snapshot=present)
    published(made, last, at)
    return made


@dataclass(frozen=True)
class Passage:
    """A text that differs; "" where there was, or is, none."""

    label: str
    before: str
    after: str


@dataclass
class Difference:
    """What became of a group or competency: added, removed or changed."""

    kind: str
    title: str
    passages: list[Passage] = field(default_factory=list)


def compare(before: Snapshot, after: Snapshot) -> list[Difference]:
    """What differs between two versions, in the order of the later one; what is gone comes last."""
    old, new = _by_code(before), _by_code(after)
    found = [difference for code, entry in new.items() if (difference := _difference(old.get(code), entry))]
    return found + [Difference("removed", text_of(entry, "title")) for code, entry in old.items() if code not in new]


def text_of(entry: Snapshot, name: str) -> str:
    """A text of a snapshot's entry in the reader's language."""
    texts = entry.get("translations", {}).get(get_language() or "", {})
    return str(texts.get(name) or entry[name])


def _texts(row: Any, *names: str) -> Snapshot:
    return {**{name: getattr(row, name) for name in names}, "translations": row.translations}


def entry_of(row: Competency) -> Snapshot:
    """A competency as a snapshot keeps it."""
    levels = [_texts(level, "number", "title", "behaviours") for level in row.levels.all()]
    return {"id": row.pk, **_texts(row, "code", "title", "summary"), "levels": levels}


def _by_code(snapshot: Snapshot) -> dict[str, Snapshot]:
    """Groups (without their competencies) and competencies (with the name of their group)."""
    entries: dict[str, Snapshot] = {}
    for group in snapshot["groups"]:
        entries[f"group:{group['code']}"] = {k: v for k, v in group.items() if k != "competencies"}
        for competency in group["competencies"]:
            entries[competency["code"]] = {**competency, "group": text_of(group, "title")}
    return entries


def _difference(before: Snapshot | None, after: Snapshot) -> Difference | None:
    if before is None:
        return Difference("added", text_of(after, "title"))
    passages = [passage for passage in _passages(before, after) if passage.before != passage.after]
    if not passages and before != after:
        passages = [Passage(_("Texts in other languages"), "", "")]
    return Difference("changed", text_of(after, "title"), passages) if passages else None


def _passages(before: Snapshot, after: Snapshot) -> Iterator[Passage]:
    yield Passage(_("Title"), text_of(before, "title"), text_of(after, "title"))
    if "levels" not in after:
        return
    yield Passage(_("Group"), before["group"], after["group"])
    yield Passage(_("Summary"), text_of(before, "summary"), text_of(after, "summary"))
    old, new = ({level["number"]: level for level in entry["levels"]} for entry in (before, after))
    for number in sorted(old.keys() | new.keys()):
        label = _("Level %(n)s") % {"n": number}
        yield Passage(label, _level_text(old.get(number)), _level_text(new.get(number)))


def _level_text(level: Snapshot | None) -> str:
    return f"{text_of(level, 'title')}\n{text_of(level, 'behaviours')}" if level else ""
