"""What the calendar can be narrowed by, read in one query: rooms, instructors, topics, departments."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from courses.instructors.models import Instructor
from courses.rooms.models import Room
from courses.topics.models import Topic
from trainingsite.people.departments.fields import STEP
from trainingsite.people.models import Department

ROOM, INSTRUCTOR, TOPIC, DEPARTMENT = "room", "instructor", "topic", "department"
COLUMNS = ("what", "key", "label", "texts", "deep", "place")


@dataclass(frozen=True)
class Choice:
    """One thing to narrow by; `path` is what those below it share."""

    pk: int
    label: str
    path: str


def choices() -> dict[str, list[Choice]]:
    """The choices by what they are, each in its usual order."""
    parts = [
        _part(ROOM, Room.objects.in_use(), F("name"), F("name")),
        _part(INSTRUCTOR, _in_use(), Coalesce("person__name", "name"), Coalesce("person__sort_key", "name")),
        _part(TOPIC, Topic.objects.in_use(), F("title"), F("path"), tree="title"),
        _part(DEPARTMENT, Department.objects.all(), F("name"), F("path"), tree="name"),
    ]
    found: defaultdict[str, list[Choice]] = defaultdict(list)
    for what, key, label, texts, deep, place in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[-1]):
        name = _named(what, label, texts)
        found[what].append(Choice(key, STEP * (deep - 1) + name, place))
    return dict(found)


def _in_use() -> QuerySet[Instructor]:
    return Instructor.objects.filter(retired_at=None)


def _part(what: str, queryset: QuerySet[Any], label: Any, place: Any, *, tree: str = "") -> QuerySet[Any, Any]:
    """The rows of one kind with the columns of all; `tree` is the field that `translations` hold."""
    texts = F("translations") if tree else Value({}, JSONField())
    columns = {
        "what": Value(what, CharField()),
        "key": F("pk"),
        "label": Cast(label, TextField()),
        "texts": texts,
        "deep": F("depth") if tree else Value(1, IntegerField()),
        "place": Cast(place, TextField()),
    }
    named = {f"c_{name}": expression for name, expression in columns.items()}
    rows: QuerySet[Any, Any] = queryset.order_by().annotate(**named).values_list(*named)
    return rows


def _named(what: str, label: str, texts: dict[str, dict[str, str]]) -> str:
    """The label in the language of the page."""
    field = "title" if what == TOPIC else "name"
    return texts.get(get_language() or "", {}).get(field) or label
