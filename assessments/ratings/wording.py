"""What competencies and their levels were called at a moment: as the framework published last by then says."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.shortcuts import get_object_or_404

from assessments.ratings import statements
from assessments.ratings.deriving import levels_of
from courses.competencies.models import Competency, CompetencyLevel

Entry = Mapping[str, Any]


def entries_on(competency_ids: Collection[int], at: datetime) -> dict[int, Entry]:
    """Each competency that was published by the moment, as a snapshot keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(statements.ENTRIES, {"competencies": list(competency_ids), "at": at})
        return {pk: json.loads(entry) for pk, entry in cursor.fetchall()}


def worded(competency: Competency, entry: Entry | None) -> Competency:
    """The competency by the words of the entry; as it is written now where there is none. Not to be saved."""
    if entry is not None:
        for name in ("title", "summary", "translations"):
            setattr(competency, name, entry[name])
    return competency


def levels_at(pk: int, at: datetime) -> tuple[Competency, list[CompetencyLevel], int]:
    """The competency, its levels by the words of the moment, lowest first, and how many count. Raises Http404.

    What was not published by then is told by the words that there are now.
    """
    competency = get_object_or_404(Competency.objects.select_related("group"), pk=pk)
    entry = entries_on([pk], at).get(pk)
    worded(competency, entry)
    if entry is None:
        return competency, list(competency.levels.order_by("number")), levels_of([pk], at)[pk]
    texts = sorted(entry["levels"], key=lambda level: level["number"])
    return competency, [CompetencyLevel(competency=competency, **level) for level in texts], len(texts)
