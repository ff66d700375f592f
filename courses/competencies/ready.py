"""The framework that a customer service begins with."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.db import transaction

from courses.competencies.actions import LevelText, save_competency, save_group
from courses.competencies.models import Competency, CompetencyGroup
from trainingsite.core.demo import CONTENT

FOLDER = CONTENT / "company"


@transaction.atomic
def load_ready_framework() -> int:
    """Add the competencies of the files that are not there yet, and return how many; a repeat adds none."""
    texts, traditional = _read("competencies"), _read("competencies_zh_hant")
    known = set(Competency.objects.values_list("code", flat=True))
    added = 0
    for row in texts["groups"]:
        group = _group(row, traditional["groups"][row["code"]])
        fresh = [each for each in row["competencies"] if each["code"] not in known]
        for each in fresh:
            hant = traditional["competencies"][each["code"]]
            _add(group, each, hant, _levels(texts, traditional, each, hant))
        added += len(fresh)
    return added


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _group(row: Mapping[str, Any], traditional: str) -> CompetencyGroup:
    """The group with this code or title, made when there is none."""
    same = CompetencyGroup.objects.filter(code=row["code"]) | CompetencyGroup.objects.filter(title=row["title"])
    translations = {"zh-hant": {"title": traditional}, "en": {"title": row["en"]}}
    return same.first() or save_group(None, title=row["title"], code=row["code"], translations=translations)


def _add(group: CompetencyGroup, row: Mapping[str, Any], hant: Mapping[str, Any], levels: list[LevelText]) -> None:
    if Competency.objects.in_use().filter(group=group, title=row["title"]).exists():
        return
    translations = {"zh-hant": {"title": hant["title"], "summary": hant["summary"]}, "en": row["en"]}
    save_competency(
        None,
        group=group,
        code=row["code"],
        title=row["title"],
        summary=row["summary"],
        translations=translations,
        levels=levels,
    )


def _levels(texts: Any, traditional: Any, row: Mapping[str, Any], hant: Mapping[str, Any]) -> list[LevelText]:
    """The behaviours with the names that levels have in a competency of that many."""
    number = len(row["levels"])
    names = zip(texts["level_titles"][number], traditional["level_titles"][number], strict=True)
    behaviours = zip(row["levels"], hant["levels"], strict=True)
    return [
        {
            "title": name["title"],
            "behaviours": text,
            "translations": {"zh-hant": {"title": hant_name, "behaviours": hant_text}, "en": {"title": name["en"]}},
        }
        for (name, hant_name), (text, hant_text) in zip(names, behaviours, strict=True)
    ]
