"""Programmes from data: the templates that come with the product, those of the company, and whole plans in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import get_language

from courses.curriculum.models import Course
from courses.programmes.models import Item, Programme, Stage
from courses.programmes.stages import require_draft
from courses.programmes.versions import make_programme, publish
from trainingsite.people.models import User

FOLDER = Path(__file__).parent / "templates"
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A plan to begin with: `data` has stages, each with a title, days and items."""

    name: str
    data: Data

    @property
    def title(self) -> str:
        return _said(self.data["title"])

    @property
    def summary(self) -> str:
        return _said(self.data["summary"])

    @property
    def icon(self) -> str:
        return str(self.data.get("icon", "route"))

    @property
    def days(self) -> int:
        return int(max(stage["days"][1] for stage in self.data["stages"]))


def templates() -> dict[str, Template]:
    """The templates that come with the product, in their order."""
    read = [Template(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yaml"))]
    return {template.name: template for template in sorted(read, key=lambda each: each.data["position"])}


def _said(text: str | Mapping[str, str]) -> str:
    """The text in the reader's language; without it in simplified Chinese."""
    if isinstance(text, str):
        return text
    return text.get(get_language() or "", text["zh-hans"])


@transaction.atomic
def build(
    *,
    title: str,
    summary: str = "",
    stages: Sequence[Data],
    code: str = "",
    by: User | None,
    at: datetime | None = None,
) -> Programme:
    """A programme with these stages; published when `at` says when, otherwise a draft."""
    programme = make_programme(title=title, summary=summary, code=code, by=by)
    lay_out(programme, 1, stages)
    return publish(programme, by=by, at=at) if at else programme


@transaction.atomic
def lay_out(programme: Programme, version: int, stages: Sequence[Data]) -> None:
    """Write stages into an empty draft; a course is named by its code, else its topic, and is a gap if unknown."""
    require_draft(programme, version)
    courses = _courses(stages)
    used: set[int] = set()
    for position, data in enumerate(stages):
        stage = Stage.objects.create(
            programme=programme,
            version=version,
            title=_said(data["title"]),
            position=position,
            first_day=data["days"][0],
            last_day=data["days"][1],
            optional_needed=data.get("optional_needed", 0),
        )
        items = [_item(stage, n, row, courses, used) for n, row in enumerate(data["items"])]
        Item.objects.bulk_create(items)


def _courses(stages: Sequence[Data]) -> dict[str, list[int]]:
    """The published courses under their code and under the slug of their topic."""
    known: dict[str, list[int]] = {}
    rows = Course.objects.published().order_by("pk").values_list("pk", "code", "topic__slug")
    for pk, code, topic in rows if stages else []:
        known.setdefault(code, []).append(pk)
        known.setdefault(f"topic:{topic}", []).append(pk)
    return known


def _item(stage: Stage, position: int, row: Data, courses: dict[str, list[int]], used: set[int]) -> Item:
    kind = row.get("kind", "course")
    settings = {key: _said(value) if isinstance(value, Mapping) else value for key, value in row.items()}
    for key in ("kind", "required", "course", "topic"):
        settings.pop(key, None)
    chosen = None
    if kind == "course":
        offered = [*courses.get(row.get("course", ""), []), *courses.get(f"topic:{row.get('topic')}", [])]
        chosen = next((pk for pk in offered if pk not in used), None)
        used |= {chosen} if chosen else set()
    object_id = row.get("object_id", chosen)
    return Item(
        stage=stage,
        position=position,
        kind=kind,
        object_id=object_id,
        settings=settings,
        required=row.get("required", True),
    )
