"""By which evidence the levels of a person moved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from assessments.ratings.models import Evidence, LevelChange
from trainingsite.core.display import listed

MONTH = timedelta(days=31)  # levels of the past were derived month by month
NAMED = 2

Why = LevelChange.Why


def titles_of(changes: Sequence[LevelChange]) -> dict[int, list[str]]:
    """By change the titles of the evidence that moved it, as far as it can be told; one query.

    That is what was recorded, or voided, at its moment; else the last that was recorded in the month before.
    """
    if not changes:
        return {}
    people, competencies = {each.person_id for each in changes}, {each.competency_id for each in changes}
    rows = Evidence.objects.filter(person__in=people, competency__in=competencies).select_related("void")
    pieces: defaultdict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for row in rows.order_by("-recorded_at", "-pk"):
        pieces[row.person_id, row.competency_id].append(row)
    return {each.pk: _titles(each, pieces[each.person_id, each.competency_id]) for each in changes}


def _titles(change: LevelChange, pieces: Iterable[Evidence]) -> list[str]:
    """`pieces` are those of the person and the competency, the last recorded first."""
    if change.why == Why.VOID:
        return _named(piece for piece in pieces if _voided_at(piece) == change.at)
    if change.why != Why.EVIDENCE:
        return []
    near = [piece for piece in pieces if change.at - MONTH < piece.recorded_at <= change.at]
    return _named(piece for piece in near if piece.recorded_at == near[0].recorded_at)


def _voided_at(piece: Evidence) -> datetime | None:
    return piece.void.recorded_at if hasattr(piece, "void") else None


def _named(pieces: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(piece.title for piece in pieces))[:NAMED]


def why_words(change: LevelChange, titles: Sequence[str]) -> str:
    """Why the level moved, with the evidence by name."""
    why = str(change.get_why_display())
    return _("%(why)s: %(titles)s") % {"why": why, "titles": listed(titles)} if titles else why
