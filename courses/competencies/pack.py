"""The competency framework in content packs: competencies.yaml, a list of groups."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.competencies.actions import LevelText, save_competency, save_group
from courses.competencies.models import Competency, CompetencyGroup
from courses.curriculum.models import Course
from courses.packs.parts import WHOLE_PARTS, Problem, WholePart
from trainingsite.core.errors import Refused


def load(entries: list[Any]) -> list[Problem]:
    """Make the groups and competencies whose code is not known; what is there already stays as it is."""
    problems = []
    known = set(Competency.objects.values_list("code", flat=True))
    for number, entry in enumerate(entries, start=1):
        try:
            _load_group(entry, known)
        except Refused as refusal:
            problems.append(Problem(f"{number}", str(refusal.message)))
        except (KeyError, TypeError, AttributeError):
            problems.append(Problem(f"{number}", _("A group has a code, a title and competencies with levels.")))
    return problems


def _load_group(entry: Mapping[str, Any], known: set[str]) -> None:
    fresh = [row for row in entry["competencies"] if row["code"] not in known]
    group = CompetencyGroup.objects.filter(code=entry["code"]).first()
    if group is None:
        translations = entry.get("translations", {})
        group = save_group(None, title=entry["title"], code=entry["code"], translations=translations)
    for row in fresh:
        levels: list[LevelText] = [
            {
                "title": level["title"],
                "behaviours": level["behaviours"],
                "translations": level.get("translations", {}),
            }
            for level in row["levels"]
        ]
        words = {"title": row["title"], "summary": row.get("summary", ""), "translations": row.get("translations", {})}
        save_competency(None, group=group, code=row["code"], levels=levels, **words)


def dump(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """The groups with those competencies that the courses teach."""
    taught = Competency.objects.filter(taught__course__in=courses).distinct().select_related("group")
    groups: dict[CompetencyGroup, list[Competency]] = {}
    for competency in taught.prefetch_related("levels").order_by("group__position", "position"):
        groups.setdefault(competency.group, []).append(competency)
    return [
        {**_words(group, "title"), "competencies": [_competency(each) for each in members]}
        for group, members in groups.items()
    ]


def _competency(competency: Competency) -> dict[str, Any]:
    levels = [
        {"title": level.title, "behaviours": level.behaviours, "translations": level.translations}
        for level in competency.levels.all()
    ]
    return {**_words(competency, "title", "summary"), "levels": levels}


def _words(row: CompetencyGroup | Competency, *names: str) -> dict[str, Any]:
    return {"code": row.code, **{name: getattr(row, name) for name in names}, "translations": row.translations}


WHOLE_PARTS.register("competencies", WholePart(load, dump, early=True))
