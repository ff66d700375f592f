"""The proposal of a round as a table for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from mentoring.acts import MATCH
from mentoring.matching.facts import PARTS
from mentoring.matching.models import Match
from mentoring.matching.reasons import TITLES
from mentoring.matching.round_views import listed
from mentoring.matching.showing import Line, lines
from mentoring.matching.views import draft_of
from trainingsite.core.display import listed as in_one_line
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.people.access.doors import allowed


@require_GET
@allowed(MATCH)
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the filtered proposal shows, all pages of it: CSV, or with `?as=xlsx` an Excel workbook."""
    matching = draft_of(request, pk)
    _filterset, found = listed(request, matching)
    rows = _rows(list(found))
    if request.GET.get("as") == "xlsx":
        return excel_download("matching", str(pgettext("one", "Matching round")), _headings(), rows)
    return csv_download("matching", _headings(), rows)


def _headings() -> list[str]:
    people = [_("Employee number"), pgettext("pairing", "Mentee"), _("Department"), pgettext("pairing", "Mentor")]
    people.append(_("Department of the mentor"))
    parts = [str(capfirst(TITLES[part])) for part in PARTS]
    return [
        *people,
        pgettext("matching", "By hand"),
        pgettext("matching", "Points"),
        *parts,
        _("Reasons"),
        _("Left over because"),
    ]


def _rows(matches: list[Match]) -> Iterator[list[Any]]:
    return (_cells(line) for line in lines(matches))


def _cells(line: Line) -> list[Any]:
    match, mentee, mentor = line.match, line.match.mentee, line.match.mentor
    people = [mentee.employee_number, mentee.name, str(mentee.department or "")]
    people += [mentor.name, str(mentor.department or "")] if mentor else ["", ""]
    values = [match.parts.get(part, {}).get("value", "") for part in PARTS]
    score = "" if match.score is None else round(float(match.score), 1)
    hand = pgettext("matching", "By hand") if match.is_fixed else ""
    return [*people, hand, score, *values, in_one_line([*line.said, *line.against]), line.why_left]
