"""Programmes in content packs: programmes.yaml, a list of programmes with their stages and items."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import Course
from courses.packs.parts import WHOLE_PARTS, Problem, WholePart
from courses.programmes.blueprints import build
from courses.programmes.models import Item, Programme, Stage
from courses.programmes.versions import publish
from trainingsite.core import clock
from trainingsite.core.errors import Refused


def load(entries: list[Any]) -> list[Problem]:
    """Make the programmes whose code is not known, published if they are complete; those known stay as they are."""
    problems = []
    known = set(Programme.objects.values_list("code", flat=True))
    for number, entry in enumerate(entries, start=1):
        try:
            _load(entry, known)
        except Refused as refusal:
            problems.append(Problem(f"{number}", str(refusal.message)))
        except (KeyError, TypeError, AttributeError, IndexError, ValueError):
            message = _("A programme has a code, a title and stages, each with a title, days and items.")
            problems.append(Problem(f"{number}", message))
    return problems


def _load(entry: Mapping[str, Any], known: set[str]) -> None:
    if entry["code"] in known:
        return
    missing = [course for course in _courses_of(entry) if not Course.objects.filter(code=course).exists()]
    if missing:
        raise Refused(_("There is no course with the code %(codes)s.") % {"codes": ", ".join(missing)})
    programme = build(
        title=entry["title"], summary=entry.get("summary", ""), code=entry["code"], stages=entry["stages"], by=None
    )
    if entry.get("published", True):
        publish(programme, by=None, at=clock.now())


def _courses_of(entry: Mapping[str, Any]) -> list[str]:
    return [str(item["course"]) for stage in entry["stages"] for item in stage["items"] if item.get("course")]


def dump(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """The active programmes all of whose courses go along; what items point to in other apps is left to be chosen."""
    codes = {course.pk: course.code for course in courses}
    found = []
    for programme in Programme.objects.active().order_by("code"):
        stages = Stage.objects.filter(programme=programme, version=programme.version)
        rows = [_stage(stage, codes) for stage in stages.prefetch_related("items").order_by("position")]
        taught = Item.objects.filter(stage__in=stages, kind="course").exclude(object_id=None)
        if rows and taught.exists() and not taught.exclude(object_id__in=codes).exists():
            found.append(
                {"code": programme.code, "title": programme.title, "summary": programme.summary, "stages": rows}
            )
    return found


def _stage(stage: Stage, codes: Mapping[int, str]) -> dict[str, Any]:
    return {
        "title": stage.title,
        "days": [stage.first_day, stage.last_day],
        "optional_needed": stage.optional_needed,
        "items": [_item(item, codes) for item in stage.items.all() if item.kind == "course" or not item.object_id],
    }


def _item(item: Item, codes: Mapping[int, str]) -> dict[str, Any]:
    code = codes.get(item.object_id or 0) if item.kind == "course" else None
    named = {} if code is None else {"course": code}
    return {"kind": item.kind, "required": item.required, **item.settings, **named}


WHOLE_PARTS.register("programmes", WholePart(load, dump))
