"""Case write-ups in content packs: `write_up:` of a unit, with its rubric."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import Unit
from courses.packs.parts import UNIT_PARTS, Bag, UnitPart
from courses.rubrics.actions import BandDraft, CriterionDraft, drafts_of, save_rubric
from courses.rubrics.models import Rubric
from courses.writeups.actions import WRITE_UP, brief_of, save_brief
from courses.writeups.models import CaseBrief
from trainingsite.core.errors import Refused

SETTINGS = ("pass_percent", "min_chars", "max_chars", "allow_file")


def load_write_up(unit: Unit, part: dict[str, Any]) -> None:
    """`brief`, the settings, and a `rubric` that is made when there is none of its title."""
    brief, text = brief_of(unit), part.get("brief")
    if not isinstance(text, str) or not text.strip():
        raise Refused(_("The write-up “%(unit)s” has no task yet.") % {"unit": unit}, field="brief", code="no_brief")
    given = {name: part.get(name, getattr(brief, name)) for name in SETTINGS}
    rubric = _rubric(part.get("rubric"))
    save_brief(brief, graders=list(brief.graders.all()), brief=text, rubric=rubric, **given)


def _rubric(given: Any) -> Rubric:
    if not isinstance(given, Mapping) or not given.get("title"):
        raise Refused(_("A rubric with a title and criteria is needed."), field="rubric", code="no_rubric")
    known = Rubric.objects.in_use().filter(title=given["title"]).first()
    if known is not None:
        return known
    try:
        criteria = [
            CriterionDraft(
                str(row["title"]),
                int(row["weight"]),
                str(row.get("description", "")),
                [BandDraft(int(b["points"]), str(b["title"]), str(b.get("description", ""))) for b in row["bands"]],
            )
            for row in given.get("criteria", [])
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = _("Each criterion has a title, a weight and bands with points and a title.")
        raise Refused(message, field="rubric", code="bad_rubric") from error
    return save_rubric(
        None, title=str(given["title"]), summary=str(given.get("summary", "")), criteria=criteria, by=None
    )


def dump_write_up(unit: Unit, _bag: Bag) -> dict[str, Any] | None:
    """What `load_write_up` takes; None for a unit of another kind."""
    brief = CaseBrief.objects.filter(unit=unit).select_related("rubric").first()
    if brief is None:
        return None
    part = {"brief": brief.brief, **{name: getattr(brief, name) for name in SETTINGS}}
    if brief.rubric is None:
        return part
    criteria = [
        {
            "title": draft.title,
            "weight": draft.weight,
            "description": draft.description,
            "bands": [dict(vars(band)) for band in draft.bands],
        }
        for draft in drafts_of(brief.rubric)
    ]
    return {**part, "rubric": {"title": brief.rubric.title, "summary": brief.rubric.summary, "criteria": criteria}}


UNIT_PARTS.register(WRITE_UP, UnitPart(load_write_up, dump_write_up))
